import { withWorld } from "./tests/e2e/support/world.ts";
Deno.test("shots", () => withWorld(async (world) => {
  const [ana, ben] = [await world.person("Ana"), await world.person("Ben", { viewport: { width: 390, height: 844 } })];
  await ana.open("/"); await ana.button("New call").click(); await ana.phase("lobby");
  const link = ana.page.url();
  await ana.join(); await ana.phase("waiting");
  await ben.enter(link); await ben.phase("live");
  await ana.seesAndHears("Ben");
  await ana.button("Chat").click(); 
  await ana.page.getByRole("textbox", { name: "Message" }).fill("Hello https://tertulia.example");
  await ana.page.keyboard.press("Enter");
  await ben.page.locator('[aria-description="1 unread message"]').waitFor();
  await ben.page.screenshot({ path: "/tmp/chatshots/real-phone-notice.png" });
  await ana.page.screenshot({ path: "/tmp/chatshots/real-1280-chat.png" });
  for (const width of [1100, 1000, 900, 720]) {
    await ana.page.setViewportSize({ width, height: 760 });
    await ana.page.screenshot({ path: `/tmp/chatshots/real-${width}-chat.png` });
    await ana.page.keyboard.press("Escape");
    await ana.page.screenshot({ path: `/tmp/chatshots/real-${width}.png` });
    await ana.button("Chat").click();
  }
  await ana.page.keyboard.press("Escape");
  await ana.page.setViewportSize({ width: 1280, height: 800 });
  await ana.button("People").click();
  await ana.button("Options for Ben").click();
  await ana.button("Remove").click();
  await ana.page.screenshot({ path: "/tmp/chatshots/real-1280-people.png" });
  await ben.button("More").click();
  await ben.page.screenshot({ path: "/tmp/chatshots/real-phone-more.png" });
  await ben.button("People").filter({ visible: true }).first().click();
  await ben.button("Options for Ana").click();
  await ben.page.screenshot({ path: "/tmp/chatshots/real-phone-people.png" });
  await ben.button("Ask to mute").click();
  await ana.page.getByText("Ben asks you to mute").first().waitFor();
  await ana.page.screenshot({ path: "/tmp/chatshots/real-1280-asked.png" });
}));
