import assert from "node:assert/strict";
import { colourOf, COLOURS, seatColours } from "../../lib/call/colours.ts";
import { failureOf, listDevices, streamConstraints } from "../../lib/call/devices.ts";
import { USUAL_SOUND } from "../../lib/call/media_settings.ts";
import { meterLevel } from "../../lib/call/media.ts";
import { budgetFor, scaleFor } from "../../lib/call/quality.ts";
import { listen, SILENT } from "../../lib/call/speaking.ts";
import { asId, type EndpointId, type SeatId } from "../../lib/protocol/ids.ts";
import type { SeatView } from "../../lib/protocol/messages.ts";
import { refusal } from "../support/fake_media.ts";

Deno.test("[NG11] what is sent to each shrinks as more people meet", () => {
  const rows = [2, 3, 4, 5, 6, 7].map((count) => {
    const { heightPixels, videoBitsPerSecond } = budgetFor(count);
    return [count, heightPixels, videoBitsPerSecond / 1000];
  });
  assert.deepEqual(rows, [
    [2, 720, 1700],
    [3, 540, 800],
    [4, 360, 450],
    [5, 360, 300],
    [6, 360, 300],
    [7, 180, 150],
  ]);
  assert.equal(scaleFor(720, budgetFor(4)), 2);
  assert.equal(scaleFor(240, budgetFor(2)), 1);
  assert.equal(scaleFor(undefined, budgetFor(3)), 1);
});

Deno.test("[MD3] every refusal of a device has its reason", () => {
  const reasons = {
    NotAllowedError: "denied",
    SecurityError: "denied",
    NotFoundError: "absent",
    OverconstrainedError: "absent",
    NotReadableError: "busy",
    AbortError: "busy",
    TypeError: "unknown",
  };
  for (const [name, why] of Object.entries(reasons)) {
    assert.equal(failureOf(refusal(name), true), why, name);
  }
  assert.equal(failureOf(new TypeError("no mediaDevices"), false), "insecure");
  assert.equal(failureOf("odd", true), "unknown");
});

Deno.test("[MD8] a chosen device is asked for by name, and a chosen camera may look elsewhere", () => {
  const { audio, video } = streamConstraints(
    new Map([
      ["microphone", { is: "any" }],
      ["camera", { is: "exact", deviceId: "cam-2" }],
    ]),
    { sound: USUAL_SOUND, resolution: 720 },
  );
  assert.deepEqual(audio, {
    echoCancellation: true,
    noiseSuppression: true,
    autoGainControl: true,
  });
  assert.deepEqual((video as MediaTrackConstraints).deviceId, { exact: "cam-2" });
  assert.equal((video as MediaTrackConstraints).facingMode, undefined);
  assert.equal(streamConstraints(new Map(), { sound: USUAL_SOUND, resolution: 720 }).audio, false);
});

Deno.test("[MD8] nameless placeholders are no devices to choose from", () => {
  const info = (kind: MediaDeviceKind, deviceId: string) =>
    ({ kind, deviceId, label: deviceId }) as MediaDeviceInfo;
  const found = listDevices([info("audioinput", ""), info("audiooutput", "x")]);
  assert.deepEqual(found, [{ kind: "speaker", deviceId: "x", label: "x" }]);
});

Deno.test("[MD9] speaking starts at once and ends after a breath", () => {
  let state = SILENT;
  const at = (nowMs: number, level: number) => (state = listen(state, level, nowMs)).on;
  assert.equal(at(0, 0.005), false);
  assert.equal(at(200, 0.03), true);
  assert.equal(at(400, 0.012), true); // still loud enough to go on
  assert.equal(at(600, 0), true);
  assert.equal(at(1_099, 0), true);
  assert.equal(at(1_100, 0), false);
  assert.equal(at(1_300, 0.012), false); // not loud enough to begin
});

Deno.test("[MD9] the meter shows loudness as people hear it", () => {
  assert.deepEqual([0, 0.001, 0.02, 0.5, 1].map(meterLevel), [0, 0, 0.48, 1, 1]);
});

Deno.test("[CA14] colours come from names, and differ in a room while there are enough", () => {
  const seats = (names: string[]): SeatView[] =>
    names.map((name, at) => ({
      seat: asId<SeatId>(`s${at}`),
      name,
      role: "guest",
      hand: false,
      main: asId<EndpointId>(`e${at}`),
      endpoints: [],
    }));
  const same = [...seatColours(seats(["Ana", "Ana", "Ana"])).values()];
  const first = colourOf("Ana");
  assert.deepEqual(same, [first, (first + 1) % COLOURS, (first + 2) % COLOURS]);
  const eight = seatColours(seats("abcdefgh".split("")));
  assert.equal(new Set(eight.values()).size, COLOURS);
  const crowd = [...seatColours(seats("abcdefghi".split(""))).values()];
  assert.equal(crowd[8], colourOf("i"));
});
