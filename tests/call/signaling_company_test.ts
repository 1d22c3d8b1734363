import assert from "node:assert/strict";
import { asId, type EndpointId } from "../../lib/protocol/ids.ts";
import { log, mine, other, request, room, seatOf, Stage } from "./signaling_stage.ts";

const types = (messages: readonly { readonly type: string }[]) => messages.map(({ type }) => type);
const knock = { type: "knock", room, name: "Ana" };

/** Refused by a locked room, and before its door. */
function lockedOut(): Stage {
  const stage = new Stage();
  stage.client.start();
  stage.client.join(request);
  stage.heard();
  stage.welcome();
  stage.say({ type: "error", code: "locked", message: "", re: "join" });
  stage.heard();
  return stage;
}

Deno.test("[RO4] a knock is said again on the next socket, until it is answered", () => {
  const stage = lockedOut();
  stage.client.knock({ room, name: "Ana" });
  assert.deepEqual(stage.heard(), [knock]);
  stage.cut();
  assert.deepEqual(types(stage.heard()), ["resume"]);
  stage.welcome();
  assert.deepEqual(stage.heard(), [knock]);
  stage.say({ type: "answer", room, admitted: true });
  assert.deepEqual(stage.told.at(-1), { type: "answer", room, admitted: true });
  stage.client.join(request);
  assert.deepEqual(types(stage.heard()), ["join"]);
  stage.end();
});

Deno.test("[RO4] a knock is taken back, by going too, and joining ends it", () => {
  const stage = lockedOut();
  stage.client.knock({ room, name: "Ana" });
  stage.client.knock(null);
  stage.client.knock({ room, name: "Ana" });
  stage.client.leave();
  assert.deepEqual(types(stage.heard()), ["knock", "unknock", "knock", "unknock"]);
  stage.client.knock({ room, name: "Ana" });
  stage.client.join(request);
  stage.heard();
  stage.cut();
  stage.heard();
  stage.welcome();
  assert.deepEqual(types(stage.heard()), ["join"]);
  stage.end();
});

Deno.test("[CH1] chat that comes again is not handed on again, but its new place is", () => {
  const stage = new Stage().seat();
  stage.chat(9, 1);
  stage.cut();
  stage.heard();
  stage.welcome(true);
  stage.joined(mine, 2);
  stage.told.length = 0;
  stage.chat(10, 1);
  stage.chat(11, 2);
  assert.deepEqual(types(stage.told), ["chat-again", "chat"]);
  stage.end();
});

Deno.test("[CH4] what the server refuses is told by its mark", () => {
  const stage = new Stage().seat();
  stage.client.sendChat({ kind: "plain", text: "late" }, { mark: "m1", to: seatOf(other).seat });
  stage.say({ type: "error", code: "gone", message: "", re: "chat", n: 1 });
  const told = stage.told.at(-1);
  assert.ok(told?.type === "refused");
  assert.deepEqual([told.code, told.re, told.mark], ["gone", "chat", "m1"]);
  assert.equal(stage.client.unsettled, 0);
  stage.end();
});

Deno.test("[CL7] chat goes on to the next endpoint, requests and acts do not", () => {
  const stage = new Stage().seat();
  stage.cut();
  const { seat } = seatOf(other);
  stage.client.ask(seat, "mute");
  stage.client.sendChat({ kind: "plain", text: "kept" });
  stage.client.manage({ do: "lock", on: true });
  stage.heard();
  stage.welcome();
  stage.heard();
  stage.joined(asId<EndpointId>("endpoint-3"), 7);
  assert.deepEqual(types(stage.heard()), ["chat"]);
  stage.end();
});

Deno.test("[RO3] after a resume the lock is told, and knocks anew", () => {
  const stage = new Stage().seat();
  stage.cut();
  stage.heard();
  stage.welcome(true, true);
  stage.told.length = 0;
  stage.say({ type: "synced", log, seats: [seatOf(mine)], locked: true });
  assert.deepEqual(stage.told.slice(1), [{ type: "lock", on: true }, {
    type: "knocks",
    knocks: [],
  }]);
  stage.end();
});

Deno.test("[HR2] a reaction is for the moment: said when seated, and not kept", () => {
  const stage = new Stage().seat();
  stage.heard();
  stage.client.react("👍");
  assert.deepEqual(stage.heard(), [{ type: "react", reaction: "👍" }]);
  stage.cut();
  stage.client.react("👏");
  assert.deepEqual(types(stage.heard()), ["resume"]);
  stage.welcome(true, true);
  stage.say({ type: "synced", log, seats: [seatOf(mine)], locked: false });
  assert.deepEqual(types(stage.heard()), []);
  stage.end();
});
