import assert from "node:assert/strict";
import { proofText } from "../../lib/protocol/names.ts";
import { keyOf, signWith } from "../support/fake_names.ts";
import { MEDIA, ORIGIN, type Page, roomId, type Stage, staged } from "./stage.ts";

/** Takes a name on a page's socket. */
async function take(page: Page, name: string, owner: string): Promise<void> {
  const key = keyOf(owner);
  await page.say({ type: "register", name, key, listed: true, dnd: false });
  const { nonce } = page.lastNamed("challenge");
  const proof = { session: page.welcome.session, nonce, name: name.toLowerCase(), key };
  const text = proofText({ origin: ORIGIN, ...proof });
  await page.say({ type: "prove", signature: signWith(key, text) });
}

async function named(stage: Stage, name: string, owner: string): Promise<Page> {
  const page = stage.connect();
  await page.say({ type: "hello", v: 1 });
  await take(page, name, owner);
  return page;
}

const joining = (name: string) => ({ type: "join", room: roomId("lunch"), name, media: MEDIA });

/** How a page sees somebody: their name, with a star where it is theirs. */
function seen(page: Page, seat: string): string | undefined {
  const views = page.got.flatMap((message) => {
    if (message.type === "joined" || message.type === "synced") return message.seats;
    return message.type === "arrived" || message.type === "state" ? [message.seat] : [];
  });
  const last = views.findLast((view) => view.seat === seat);
  return last && `${last.name}${last.held ? "*" : ""}`;
}

staged("[DR11] A name worn with its key has a mark, for all to see", async (stage) => {
  const ana = await named(stage, "Ana", "ana");
  await ana.say(joining("Ana"));
  const ben = await stage.enter("Ben");
  assert.equal(seen(ben, ana.seat), "Ana*");
  assert.equal(seen(ana, ben.seat), "Ben");
  await ana.say({ type: "state", name: "Somebody" });
  assert.equal(seen(ben, ana.seat), "Somebody");
  await ana.say({ type: "state", name: "ANA" });
  assert.equal(seen(ben, ana.seat), "ANA*");
});

staged(
  "[DR11] Worn by another it is refused, with a suggestion, in a join and later",
  async (stage) => {
    await named(stage, "Ana", "ana");
    const thief = stage.connect();
    await thief.say({ type: "hello", v: 1 });
    await thief.say(joining("Ａna"));
    const { code, re, suggestion } = thief.last("error");
    assert.deepEqual([code, re, suggestion], ["name-taken", "join", "Ａna 2"]);
    await thief.say(joining(suggestion!));
    const ben = await stage.enter("Ben");
    await thief.say({ type: "state", name: "Ana" });
    assert.deepEqual([thief.last("error").code, thief.last("error").re], ["name-taken", "state"]);
    assert.equal(seen(ben, thief.seat), "Ａna 2");
  },
);

staged("[DR11] The mark comes and goes with the name", async (stage) => {
  const ana = await stage.enter("Ana");
  const ben = await stage.enter("Ben");
  await take(ana, "Ana", "ana");
  assert.equal(seen(ben, ana.seat), "Ana*");
  await ana.say({ type: "forget" });
  assert.equal(seen(ben, ana.seat), "Ana");
});

staged("[DR11] Who wore a name before it was taken keeps it, without the mark", async (stage) => {
  const guest = await stage.enter("Ana");
  const ben = await stage.enter("Ben");
  await named(stage, "Ana", "ana");
  const back = await stage.resume(guest, { state: { name: "Ana", media: MEDIA } });
  assert.equal(back.welcome.resumed, true);
  assert.equal(seen(ben, guest.seat), "Ana");
  await stage.resume(back, { state: { name: "ana" } });
  assert.equal(seen(ben, guest.seat), "Ana");
});

staged("[DR11] A second device of somebody goes by their name", async (stage) => {
  const ana = await named(stage, "Ana", "ana");
  await ana.say(joining("Ana"));
  const ben = await stage.enter("Ben");
  await ana.say({ type: "ticket?" });
  const phone = stage.connect();
  await phone.say({ type: "hello", v: 1 });
  await phone.say({ ...joining("Ana"), ticket: ana.last("ticket").ticket });
  assert.equal(phone.seat, ana.seat);
  assert.equal(seen(ben, ana.seat), "Ana*");
});

staged("[DR11] After a restart the mark is back once the key is proven", async (stage) => {
  const ana = await named(stage, "Ana", "ana");
  await ana.say(joining("Ana"));
  const ben = await stage.enter("Ben");
  await stage.restart();
  const [anaBack, benBack] = [await stage.resume(ana), await stage.resume(ben)];
  assert.equal(seen(benBack, ana.seat), "Ana");
  await take(anaBack, "Ana", "ana");
  assert.equal(seen(benBack, ana.seat), "Ana*");
});
