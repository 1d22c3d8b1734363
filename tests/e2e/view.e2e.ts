/** How one sees a call: the small picture's place, the whole screen, a window of its own, keys. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { withWorld } from "./support/world.ts";

/** Waits until the small picture is bound for a corner, and fails unless it comes to lie there. */
async function liesIn(page: Page, corner: string): Promise<void> {
  const small = page.locator(`.floating.${corner}`);
  await small.waitFor();
  await small.evaluate((tile) =>
    Promise.allSettled(tile.getAnimations().map((each) => each.finished))
  );
  const seen = await small.evaluate((tile) => {
    const [own, stage] = [tile, tile.parentElement!].map((each) => each.getBoundingClientRect());
    const top = own.top - stage.top < stage.bottom - own.bottom;
    const left = own.left - stage.left < stage.right - own.right;
    return `${top ? "top" : "bottom"}-${left ? "left" : "right"}`;
  });
  assert.equal(seen, corner);
}

Deno.test("[UI16] the small picture is dragged, moved by keys, swapped, hidden and shown", () =>
  withWorld(async (world) => {
    const [ana] = await world.pair();
    const { page } = ana;
    const small = page.locator(".floating");
    await liesIn(page, "bottom-right");

    const box = (await small.boundingBox())!;
    await page.mouse.move(box.x + 100, box.y + 80);
    await page.mouse.down();
    await page.mouse.move(300, 200, { steps: 4 });
    await page.mouse.up();
    await liesIn(page, "top-left");

    const grip = ana.button("Move my picture");
    await grip.focus();
    await page.keyboard.press("ArrowDown");
    await liesIn(page, "bottom-left");
    const overlap = await page.evaluate(() => {
      const chip = document.querySelector(".tile:not(.floating) .chip")!.getBoundingClientRect();
      const own = document.querySelector(".floating")!.getBoundingClientRect();
      return own.bottom > chip.top && own.left < chip.right;
    });
    assert.equal(overlap, false, "clear of the other's name");
    await page.keyboard.press("Enter");
    await liesIn(page, "top-left");

    await small.dblclick({ position: { x: 60, y: 100 } });
    await page.locator(".floating:not([data-self])").waitFor();
    assert.equal(await ana.tile("Ben").locator("video").count(), 1);
    await page.locator(".floating").dblclick({ position: { x: 60, y: 100 } });
    await page.locator(".floating[data-self]").waitFor();

    await ana.button("Settings").click();
    await page.getByRole("switch", { name: "Show my picture" }).click();
    await small.waitFor({ state: "detached" });
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await ana.button("Show me").click();
    await small.waitFor();
    assert.equal(await grip.evaluate((each) => each === document.activeElement), true);
  }));

Deno.test("[UI10] keys mute, fill the screen, show themselves; Space talks while it is held", () =>
  withWorld(async (world) => {
    const [ana, ben] = await world.pair();
    const { page } = ana;
    await page.keyboard.press("m");
    await ana.button("Unmute microphone").waitFor();
    await ben.tile("Ana").getByText("Muted").waitFor({ state: "attached" });

    await page.keyboard.down("Space");
    await ben.tile("Ana").getByText("Muted").waitFor({ state: "detached" });
    await page.keyboard.up("Space");
    await ben.tile("Ana").getByText("Muted").waitFor({ state: "attached" });

    await page.keyboard.press("f");
    await ana.button("Leave full screen").waitFor();
    await page.keyboard.press("f");
    await ana.button("Full screen").waitFor();

    await page.keyboard.press("?");
    const help = page.getByRole("dialog", { name: "Keyboard shortcuts" });
    await help.waitFor();
    await page.keyboard.press("m");
    assert.equal(await ana.button("Unmute microphone").count(), 1, "no key works in a dialog");
    await help.getByRole("switch").click();
    await page.keyboard.press("Escape");
    await help.waitFor({ state: "detached" });
    await page.keyboard.press("m");
    await page.keyboard.press("?");
    assert.equal(await help.count(), 0, "they are switched off");
    assert.equal(await ana.button("Unmute microphone").count(), 1);
  }));

Deno.test("[UI19] the other one comes into a small window, with tools, and back", () =>
  withWorld(async (world) => {
    const [ana] = await world.pair();
    const opened = ana.page.context().waitForEvent("page");
    await ana.button("Small window").click();
    const small = await opened;
    await small.getByRole("group", { name: "Ben" }).waitFor();
    await small.getByRole("button", { name: "Mute microphone" }).click();
    await ana.button("Unmute microphone").waitFor();
    await ana.button("Small window").click();
    await ana.button("Small window").and(ana.page.locator("[aria-pressed=false]")).waitFor();
    assert.equal(small.isClosed(), true);
  }));
