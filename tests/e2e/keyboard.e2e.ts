/** A call without a pointer. */
import { tabTo } from "./support/keys.ts";
import { withWorld } from "./support/world.ts";

Deno.test("[UI10] a call is joined, muted and left by keyboard alone", () =>
  withWorld(async (world) => {
    const [ana, ben] = [await world.person("Ana"), await world.person("Ben")];
    await ana.enter("/r/keyboard");
    await ana.phase("waiting");
    await ben.open("/r/keyboard");
    await tabTo(ben, "Your name");
    await ben.page.keyboard.type("Ben");
    await tabTo(ben, "Join call");
    await ben.page.keyboard.press("Enter");
    await ben.tileAdvances("Ana");
    await tabTo(ben, "Mute microphone");
    await ben.page.keyboard.press("Enter");
    await ana.tile("Ben").getByText("Muted").waitFor({ state: "attached" });
    await tabTo(ben, "Leave call");
    await ben.page.keyboard.press("Enter");
    await ben.phase("ended");
    await ana.phase("waiting");
  }));
