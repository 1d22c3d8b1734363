import assert from "node:assert/strict";
import { base32, ID_LETTERS, mintId } from "../../lib/protocol/ids.ts";
import { isGenerated, mintRoomId, mintSecret } from "../../lib/protocol/room_name.ts";
import { seeded } from "../support/random.ts";

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

Deno.test("[PR1] a base 32 letter is the next five bits, first bit first", () => {
  assert.equal(base32(new Uint8Array(5), 8), "00000000");
  assert.equal(base32(new Uint8Array([255, 255, 255, 255, 255]), 8), "zzzzzzzz");
  assert.equal(base32(new Uint8Array([0b00001_000, 0b10_00011_0]), 3), "123");
});

Deno.test("[PR1] ids have 130 random bits, rooms 140, secrets 256", () => {
  let asked = 0;
  const random = (bytes: Uint8Array) => {
    asked += bytes.length;
    seeded(7).bytes(bytes);
  };
  const id = mintId<never>(random) as string;
  assert.match(id, /^[0-9a-hjkmnp-tv-z]{26}$/);
  assert.ok(asked * 8 >= ID_LETTERS * 5 && ID_LETTERS * 5 >= 128);
  asked = 0;
  const room = mintRoomId(random);
  assert.match(room, /^([0-9a-hjkmnp-tv-z]{4}-){6}[0-9a-hjkmnp-tv-z]{4}$/);
  assert.ok(asked * 8 >= 140 && isGenerated(room));
  asked = 0;
  assert.match(mintSecret(random), /^[\w-]{43}$/);
  assert.equal(asked, 32);
});

Deno.test("[PR1] letters are even, at every place", () => {
  const { bytes } = seeded(1);
  const ids = Array.from({ length: 6400 }, () => mintId<never>(bytes) as string);
  assert.equal(new Set(ids).size, ids.length);
  for (let place = 0; place < ID_LETTERS; place++) {
    for (const letter of ALPHABET) {
      const count = ids.filter((id) => id[place] === letter).length; // 200 expected, deviation 14
      assert.ok(count > 120 && count < 280, `${letter} stands ${count} times at ${place}`);
    }
  }
});
