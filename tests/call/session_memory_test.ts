import assert from "node:assert/strict";
import { recall, remember } from "../../lib/call/session_memory.ts";
import { asId, type RoomId } from "../../lib/protocol/ids.ts";
import { TabMemory } from "../support/page.ts";

Deno.test("[CL6] what a tab remembers is read back, and forgotten on demand", () => {
  const tab = new TabMemory();
  assert.equal(recall(tab), null);
  const session = { token: "t", card: "c", room: asId<RoomId>("lunch") };
  remember(tab, session);
  assert.deepEqual(recall(tab), session);
  remember(tab, null);
  assert.equal(recall(tab), null);
});

Deno.test("[CL6] what cannot be read is as if nothing was kept", () => {
  for (
    const text of ["", "{", "null", "[]", '{"token":1,"card":null,"room":null}', '{"token":"t"}']
  ) {
    const tab = new TabMemory(new Map([["tertulia.session", text]]));
    assert.equal(recall(tab), null, text);
  }
});
