import assert from "node:assert/strict";
import { REACTION_MS } from "../../lib/call/company.ts";
import type { CompanyModel } from "../../lib/call/company_model.ts";
import { ASKED_MS } from "../../lib/call/requests.ts";
import { CARE_AFTER_MS } from "../../lib/call/tending.ts";
import { asId, type KnockId } from "../../lib/protocol/ids.ts";
import { settle } from "../support/fake_env.ts";
import { type Person, World } from "./people.ts";

async function party(...names: string[]): Promise<[World, ...Person[]]> {
  const world = new World();
  const people = [];
  for (const name of names) people.push(await world.join(name));
  await world.pass(CARE_AFTER_MS);
  return [world, ...people];
}
function company({ call }: Person): CompanyModel {
  const model = call.company.peek();
  assert.ok(model, "it has come");
  return model;
}
const lines = (person: Person) =>
  company(person).chat.said.peek().map(({ name, text, isMine, state, to }) =>
    `${isMine ? "me" : name}${to ? `→${to}` : ""}: ${text}${state === "said" ? "" : ` (${state})`}`
  );

Deno.test("[CH1] what is said is shown at once, and in the room's order once it is told", async () => {
  const [world, ana, ben] = await party("Ana", "Ben");
  company(ben).chat.say("one", null);
  company(ana).chat.say(" two\nlines ", null);
  assert.deepEqual(lines(ana), ["me: two\nlines (waiting)"]);
  await settle();
  assert.deepEqual(lines(ana), ["Ben: one", "me: two\nlines"]);
  assert.deepEqual(lines(ben), ["me: one", "Ana: two\nlines"]);
  company(ana).chat.say(" \n ", null);
  assert.equal(lines(ana).length, 2);
  world.dispose();
});

Deno.test("[CH2] what is heard before the chat's code has come is not lost", async () => {
  const world = new World();
  const ana = await world.join("Ana");
  const ben = await world.join("Ben");
  ana.link.sendChat({ kind: "plain", text: "early" });
  await settle();
  assert.equal(ben.call.company.peek(), null);
  await world.pass(CARE_AFTER_MS);
  assert.deepEqual(lines(ben), ["Ana: early"]);
  assert.equal(company(ben).chat.unread.peek(), 1);
  world.dispose();
});

Deno.test("[CH3] what is said to one names them, also once they have left", async () => {
  const [world, ana, ben] = await party("Ana", "Ben", "Carla");
  company(ana).chat.say("psst", ben.link.self!.seat);
  await settle();
  ben.call.leave();
  await settle();
  company(ana).chat.say("all", null);
  await settle();
  assert.deepEqual(lines(ana), ["me→Ben: psst", "me: all"]);
  world.dispose();
});

Deno.test("[CH4] what was refused stays, marked so", async () => {
  const [world, ana] = await party("Ana", "Ben");
  ana.link.mutes = true; // what it says goes nowhere
  company(ana).chat.say("lost", null);
  const { mark } = ana.link.said.at(-1)!;
  ana.link.hear({ type: "refused", code: "rate", re: "chat", mark });
  assert.deepEqual(lines(ana), ["me: lost (failed)"]);
  world.dispose();
});

Deno.test("[CH6] what comes unseen is counted and told, what is seen is not", async () => {
  const [world, ana, ben] = await party("Ana", "Ben");
  const { chat } = company(ben);
  company(ana).chat.say("hello\nthere", null);
  await settle();
  assert.equal(chat.unread.peek(), 1);
  const { key, values } = ben.call.announcement.peek()!;
  assert.deepEqual([key, values], ["notice.wrote", { name: "Ana", text: "hello there" }]);
  chat.setShown(true);
  assert.equal(chat.unread.peek(), 0);
  company(ana).chat.say("more", null);
  await settle();
  assert.equal(chat.unread.peek(), 0);
  chat.setShown(false);
  assert.equal(company(ana).chat.unread.peek(), 0, "one's own is no news");
  world.dispose();
});

Deno.test("[CH7] what was written and not said outlives a reload", async () => {
  const [world, ana] = await party("Ana");
  company(ana).chat.keepDraft("not yet");
  const seat = ana.link.self!.seat;
  ana.call.dispose();
  const again = await world.join("Ana", { returning: seat, env: { tab: ana.env.tab } });
  await world.pass(CARE_AFTER_MS);
  assert.equal(company(again).chat.draft, "not yet");
  company(again).chat.keepDraft("");
  assert.equal(again.env.tab.get("tertulia.draft"), null);
  world.dispose();
});

Deno.test("[HR1] hands are shown in the order in which they went up, one's own too", async () => {
  const [world, ana, ben] = await party("Ana", "Ben");
  ben.call.setHand(true);
  await world.pass(1000);
  ana.call.setHand(true);
  await settle();
  const order = [ben, ana].map(({ link }) => link.self!.seat);
  assert.deepEqual(company(ana).hands.peek(), order);
  assert.deepEqual(company(ben).hands.peek(), order);
  world.dispose();
});

Deno.test("[HR2] a reaction is shown for 4 s, one's own too, and not twice in half a second", async () => {
  const [world, ana, ben] = await party("Ana", "Ben");
  company(ana).react("👍");
  company(ana).react("🎉");
  await settle();
  const shown = (one: Person) => company(one).reactions.peek().map(({ name, is }) => name + is);
  assert.deepEqual([shown(ana), shown(ben)], [["Ana👍"], ["Ana👍"]]);
  await world.pass(REACTION_MS);
  assert.deepEqual([shown(ana), shown(ben)], [[], []]);
  world.dispose();
});

Deno.test("[PE2] volume and deafness are one's own, and whoever comes is not heard either", async () => {
  const [world, ana, ben] = await party("Ana", "Ben");
  const { seat } = ben.link.self!;
  company(ana).setVolume(seat, 0.4);
  const [person] = ana.call.others.peek();
  assert.deepEqual([person.volume.peek(), company(ana).volumeOf(seat)], [0.4, 0.4]);
  company(ana).setDeaf(true);
  await world.join("Carla");
  assert.deepEqual(ana.call.others.peek().map(({ volume }) => volume.peek()), [0, 0]);
  company(ana).setDeaf(false);
  assert.deepEqual(ana.call.others.peek().map(({ volume }) => volume.peek()), [0.4, 1]);
  assert.ok(ben.call.others.peek().every(({ volume }) => volume.peek() === 1));
  world.dispose();
});

Deno.test("[PE3] asked to mute, yes mutes and no is told", async () => {
  const [world, ana, ben] = await party("Ana", "Ben");
  const { seat } = ben.link.self!;
  company(ana).askToMute(seat);
  await settle();
  assert.equal(company(ben).question.peek()?.name, "Ana");
  assert.equal(ben.call.media.microphone.peek().is, "on", "nothing was done");
  company(ben).answer(false);
  await settle();
  assert.equal(ben.call.media.microphone.peek().is, "on");
  assert.equal(ana.call.notice.peek()?.key, "notice.keeps");
  assert.equal(company(ana).asked.peek().size, 0);
  company(ana).askToMute(seat);
  await settle();
  assert.equal(company(ben).question.peek(), null, "refused a moment ago");
  await world.pass(ASKED_MS);
  company(ana).askToMute(seat);
  await settle();
  company(ben).answer(true);
  await settle();
  assert.equal(ben.call.media.microphone.peek().is, "off");
  assert.equal(company(ana).asked.peek().size, 0);
  world.dispose();
});

Deno.test("[PE3] who is muted is not asked, and nobody believes an answer to no question", async () => {
  const [world, ana, ben] = await party("Ana", "Ben");
  await ben.call.media.setMicrophone(false);
  ana.link.ask(ben.link.self!.seat, "mute");
  ana.link.ask(ben.link.self!.seat, "keep");
  await settle();
  assert.equal(company(ben).question.peek(), null);
  assert.notEqual(ben.call.notice.peek()?.key, "notice.keeps");
  world.dispose();
});

Deno.test("[RO4] who knocks is shown to those who may answer", async () => {
  const [world, ana] = await party("Ana", "Ben");
  const knock = asId<KnockId>("k1");
  ana.link.hear({ type: "knocks", knocks: [{ knock, name: "Cy" }] });
  assert.deepEqual(company(ana).knocks.peek().map(({ name }) => name), ["Cy"]);
  assert.equal(ana.call.notice.peek()?.key, "notice.knocks");
  company(ana).admit(knock);
  company(ana).refuse(knock);
  assert.deepEqual(ana.link.acts, [{ do: "admit", knock }, { do: "refuse", knock }]);
  world.room.setRole(world.people[1].link, "owner");
  await settle();
  assert.deepEqual(company(ana).knocks.peek(), [], "an owner has come");
  world.dispose();
});

Deno.test("[RO7] a locked door has its own words, and opens to who is let in", async () => {
  const [world] = await party("Ana");
  world.room.locked = true;
  const cy = await world.join("Cy");
  assert.deepEqual([cy.call.phase.peek(), cy.call.door.peek()], ["full", "locked"]);
  cy.call.knock(true);
  assert.deepEqual([cy.call.phase.peek(), cy.call.door.peek()], ["joining", "knocking"]);
  cy.link.hear({ type: "answer", room: cy.link.joins[0].room, admitted: false });
  assert.deepEqual([cy.call.phase.peek(), cy.call.door.peek()], ["full", "refused"]);
  cy.call.knock(true);
  cy.call.knock(false);
  assert.deepEqual([cy.link.knocks, cy.call.door.peek()], [["Cy", "Cy", null], "locked"]);
  cy.call.knock(true);
  world.room.locked = false;
  cy.link.hear({ type: "answer", room: cy.link.joins[0].room, admitted: true });
  await settle();
  assert.deepEqual([cy.call.phase.peek(), cy.call.door.peek()], ["live", null]);
  world.dispose();
});

Deno.test("[RO7] who is removed is told that, and nothing else", async () => {
  const [world, ana] = await party("Ana", "Ben");
  ana.link.become({ is: "closed", why: "removed" });
  assert.deepEqual([ana.call.phase.peek(), ana.call.failure.peek()], ["failed", "removed"]);
  world.dispose();
});

Deno.test("[RO8] who hands a role on gives their secret up, and is told of one given", async () => {
  const [world, ana, ben] = await party("Ana", "Ben");
  world.room.setRole(ana.link, "owner");
  await settle();
  assert.equal(ana.call.notice.peek()?.key, "notice.owner");
  ana.env.browser.set("tertulia.owned", `${ana.link.joins[0].room} secret`);
  company(ana).handOn(ben.link.self!.seat);
  assert.equal(ana.env.browser.get("tertulia.owned"), "");
  assert.deepEqual(ana.link.acts, [{ do: "hand-on", seat: ben.link.self!.seat }]);
  world.dispose();
});
