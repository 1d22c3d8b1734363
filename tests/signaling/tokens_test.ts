import assert from "node:assert/strict";
import { asId, type BootId, type SeatId, type SessionId } from "../../lib/protocol/ids.ts";
import { TOKEN_LIFE_MS } from "../../lib/protocol/limits.ts";
import { createTokens, macOf, TICKET_LIFE_MS } from "../../lib/signaling/tokens.ts";
import { MEDIA, roomId } from "./stage.ts";

const KEY = new Uint8Array(32).fill(7);
const NOW = Date.UTC(2026, 0, 1);
const session = asId<SessionId>("session-1");
const room = roomId("Sunday lunch 🍲");
const seat = asId<SeatId>("seat-1");
const card = {
  boot: asId<BootId>("boot-1"),
  room,
  generation: 1,
  version: 2,
  settings: { capacity: 6, locked: false },
  seats: [{
    seat,
    name: "Ána 😀",
    role: "guest" as const,
    hand: true,
    said: 3,
    main: asId<never>("endpoint-1"),
    endpoints: [{ endpoint: asId<never>("endpoint-1"), session, media: MEDIA }],
  }],
  left: [asId<never>("endpoint-0")],
};

Deno.test("[SE6] What was signed is read back, with WebCrypto, from bytes or a CryptoKey", async () => {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", KEY, algorithm, false, ["sign"]);
  const tokens = createTokens(macOf(KEY));
  const same = createTokens(macOf(key));
  const token = await tokens.session(session, 3, NOW);
  assert.ok(token.length <= 512 && /^[\w.-]+$/.test(token));
  assert.deepEqual(await same.readSession(token, NOW), {
    session,
    epoch: 3,
    until: NOW + TOKEN_LIFE_MS,
  });
  const read = await same.readCard(await tokens.card(card, NOW), NOW);
  assert.deepEqual(read, { ...card, until: NOW + TOKEN_LIFE_MS });
  const ticket = await same.readTicket(await tokens.ticket(room, seat, NOW), NOW);
  assert.deepEqual(ticket, { room, seat, until: NOW + TICKET_LIFE_MS });
});

Deno.test("[SE6] None passes for another, and each ends", async () => {
  const tokens = createTokens(macOf(KEY));
  const session1 = await tokens.session(session, 1, NOW);
  const ticket = await tokens.ticket(room, seat, NOW);
  const signed = await tokens.card(card, NOW);
  for (const text of [ticket, signed]) assert.equal(await tokens.readSession(text, NOW), null);
  for (const text of [session1, signed]) assert.equal(await tokens.readTicket(text, NOW), null);
  for (const text of [session1, ticket]) assert.equal(await tokens.readCard(text, NOW), null);
  assert.equal(await tokens.readSession(session1, NOW + TOKEN_LIFE_MS), null);
  assert.equal(await tokens.readCard(signed, NOW + TOKEN_LIFE_MS), null);
  assert.equal(await tokens.readTicket(ticket, NOW + TICKET_LIFE_MS), null);
});

Deno.test("[SE6] Every changed letter, and garbage, is refused", async () => {
  const tokens = createTokens(macOf(KEY));
  const token = await tokens.session(session, 1, NOW);
  for (let i = 0; i < token.length; i++) {
    const letter = token[i] === "x" ? "y" : "x";
    const changed = token.slice(0, i) + letter + token.slice(i + 1);
    assert.equal(await tokens.readSession(changed, NOW), null, `letter ${i}`);
  }
  const other = createTokens(macOf(new Uint8Array(32).fill(8)));
  assert.equal(await other.readSession(token, NOW), null);
  for (const text of ["", ".", "a.b", "😀.😀", `${token}.`, `.${token}`, "\u0000"]) {
    assert.equal(await tokens.readSession(text, NOW), null);
  }
});
