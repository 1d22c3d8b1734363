import assert from "node:assert/strict";
import { newRoom, roomLink } from "../../lib/call/room_link.ts";
import { isGenerated, parseRoomName } from "../../lib/protocol/room_name.ts";

const random = (bytes: Uint8Array) => void bytes.fill(7);

Deno.test("[UI11] a new room's address has its id, and the secret in the fragment", () => {
  const { room, address } = newRoom(random);
  assert.ok(isGenerated(room));
  assert.match(address, /^\/r\/[0-9a-z-]{34}#k=[\w-]{43}$/);
  assert.equal(new URL(address, "https://tertulia.example").pathname, `/r/${room}`);
});

Deno.test("[UI11] the link handed on keeps the secret, and no other fragment or query", () => {
  const { room, address } = newRoom(random);
  const here = new URL(address, "https://tertulia.example:8443");
  assert.equal(roomLink(room, here), here.href);
  const other = new URL(`/r/${room}?utm=1#top`, here);
  assert.equal(roomLink(room, other), `https://tertulia.example:8443/r/${room}`);
});

Deno.test("[UI11] a typed name is encoded once", () => {
  const name = parseRoomName("a/b?c#ñ");
  assert.ok(name.ok);
  const link = roomLink(name.room, new URL("https://tertulia.example/"));
  assert.equal(link, "https://tertulia.example/r/a%2Fb%3Fc%23%C3%B1");
});
