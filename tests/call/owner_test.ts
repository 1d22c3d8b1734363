import assert from "node:assert/strict";
import { disown, newOwnRoom, ownerOf } from "../../lib/call/owner.ts";
import { roomOfOwner } from "../../lib/signaling/owner.ts";
import { seeded } from "../support/random.ts";
import { TabMemory } from "../support/page.ts";

Deno.test("[RO1] a new room's name is made of a secret that stays in this browser", async () => {
  const browser = new TabMemory();
  const { bytes } = seeded(1);
  const { room, address } = await newOwnRoom(bytes, browser);
  const { owner } = ownerOf(browser, room);
  assert.equal(roomOfOwner(owner!), room, "browser and server agree");
  assert.ok(!address.includes(owner!), "the link carries another one");
  const other = await newOwnRoom(bytes, browser);
  assert.notEqual(ownerOf(browser, other.room).owner, owner);
  disown(browser, room);
  assert.deepEqual(ownerOf(browser, room), {});
  assert.ok(ownerOf(browser, other.room).owner);
});

Deno.test("[RO1] a browser remembers the last 32 rooms it made", async () => {
  const browser = new TabMemory();
  const { bytes } = seeded(2);
  const rooms = [];
  for (let i = 0; i < 33; i++) rooms.push((await newOwnRoom(bytes, browser)).room);
  assert.deepEqual(rooms.filter((room) => ownerOf(browser, room).owner === undefined), [rooms[0]]);
});
