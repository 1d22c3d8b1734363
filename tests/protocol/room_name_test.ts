import assert from "node:assert/strict";
import fc from "fast-check";
import { ROOM_NAME_LENGTH } from "../../lib/protocol/limits.ts";
import {
  isGenerated,
  parseRoomName,
  roomFromPath,
  roomPath,
} from "../../lib/protocol/room_name.ts";

/** As a browser puts it into the address bar and a server reads it from the request. */
function throughAddress(text: string) {
  const parsed = parseRoomName(text);
  assert.ok(parsed.ok, text);
  const url = new URL(roomPath(parsed.room), "http://host");
  return { room: parsed.room, path: url.pathname, back: roomFromPath(url.pathname) };
}

Deno.test("[PR2] a room's name comes back from its address as it was", () => {
  const names = [
    "sunday lunch",
    "日曜の昼ごはん",
    "غداء الأحد",
    "👨‍👩‍👧‍👦 🏳️‍🌈",
    "../",
    "../../etc/passwd",
    "a/b",
    "a%2fb",
    "a%2Fb%252Fc",
    "100%",
    "?q=1&r=2",
    "#k=secret",
    "a\\b",
    ". .",
    "...a",
    "a.",
    "~-_.!*'()",
    "<script>alert(1)</script>",
    "__proto__",
    "constructor",
    "می‌خواهم", // a zero-width non-joiner, which Persian needs
  ];
  for (const name of names) {
    const { room, path, back } = throughAddress(name);
    assert.deepEqual(back, { ok: true, room, name: room }, name);
    assert.match(path, /^\/r\/[^/]+$/, `${name} is one segment of the path`);
  }
});

Deno.test("[PR2] any name that is a name comes back from its address", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 80 }), (text) => {
      const parsed = parseRoomName(text);
      if (!parsed.ok) return;
      assert.deepEqual(parseRoomName(parsed.room), parsed, "read again, it is the same");
      assert.deepEqual(throughAddress(text).back, parsed);
    }),
    { seed: 2, numRuns: 2000 },
  );
});

Deno.test("[PR2] names that look and read alike are one room", () => {
  const one = parseRoomName("sunday lunch");
  for (
    const text of [" Sunday  Lunch ", "SUNDAY\tLUNCH", "sunday\u00a0lunch", "ｓｕｎｄａｙ lunch"]
  ) {
    assert.deepEqual(parseRoomName(text), one, text);
  }
  assert.deepEqual(parseRoomName("caf\u0065\u0301"), parseRoomName("CAF\u00c9"));
});

Deno.test("[PR3] what is no name is refused, and says why", () => {
  const why = (text: string) => {
    const parsed = parseRoomName(text);
    return parsed.ok ? null : parsed.why;
  };
  for (const text of ["", "   ", "\u0000\u0007", "\u202e\u2066", "\ufeff"]) {
    assert.equal(why(text), "empty", JSON.stringify(text));
  }
  for (const text of [".", "..", "....", "\ud800", "a\udfff", "\udc00\ud800"]) {
    assert.equal(why(text), "bad-characters", JSON.stringify(text));
  }
  assert.equal(why("x".repeat(ROOM_NAME_LENGTH)), null);
  assert.equal(why("x".repeat(ROOM_NAME_LENGTH + 1)), "too-long");
  assert.equal(why("🍲".repeat(ROOM_NAME_LENGTH)), null, "code points count, not their halves");
  assert.equal(why("e" + "\u0301".repeat(10_000)), "too-long");
  assert.equal(why("\ufdfa".repeat(60)), "too-long", "NFKC makes 18 letters of each");
});

Deno.test("[PR3] what turns the reading direction does not get into a name", () => {
  const parsed = parseRoomName("abc\u202egnp.exe\u202c\u2066\u200f");
  assert.equal(parsed.ok && parsed.room, "abcgnp.exe");
});

Deno.test("[PR3] an address that is not one is refused, never thrown at", () => {
  for (
    const path of ["/r/", "/r/%", "/r/%ff", "/r/%e0%a4%a", "/r/%ed%a0%80", "/r/.", "/r/%2e%2e"]
  ) {
    assert.equal(roomFromPath(path).ok, false, path);
  }
  assert.deepEqual(roomFromPath("/r/lunch/"), parseRoomName("lunch"));
});

Deno.test("[PR3] only minted names count as such", () => {
  assert.ok(isGenerated("0123-4567-89ab-cdef-ghjk-mnpq-rstv"));
  for (
    const name of [
      "0123",
      "lunch",
      "0123-4567-89ab-cdef-ghjk-mnpq-rsti",
      "0123-4567-89ab-cdef-ghjk-mnpq-rstv-",
    ]
  ) {
    assert.equal(isGenerated(name), false, name);
  }
});
