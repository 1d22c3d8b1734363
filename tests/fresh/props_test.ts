import { signal } from "@preact/signals";
import assert from "node:assert/strict";
import { serialiseProps } from "../../lib/fresh/server/serialise.ts";
import { Slot } from "../../lib/fresh/server/render_state.ts";

/** Through the text of a script, as the browser runs it. */
// deno-lint-ignore no-explicit-any -- what comes back has the shape of what went in
function throughPage(value: unknown): any {
  const given = new Function("signal", "slot", `return ${serialiseProps(value)}`);
  return given(signal, (id: number) => `slot ${id}`);
}

Deno.test("[FR13] props keep their kinds on the way to the browser", () => {
  const props = {
    text: "ñ 🎉 \u2028 </script><!--",
    numbers: [1.5, -0, NaN, Infinity],
    nothing: [null, undefined],
    when: new Date(1_700_000_000_000),
    map: new Map<unknown, unknown>([["a", 1n], [2, new Set(["x"])]]),
    nested: { list: [{ deep: true }] },
  };
  assert.deepEqual(throughPage(props), props);
});

Deno.test("[FR13] no text in props can end the script they are in", () => {
  const text = serialiseProps({ "<k>": "</script><script>alert(1)</script><!--" });
  assert.doesNotMatch(text, /</);
});

Deno.test("[FR13] a signal given twice stays one signal, with its value", () => {
  const shared = signal(1);
  const [first, second] = throughPage([{ count: shared }, { also: { count: shared } }]);
  assert.equal(first.count, second.also.count);
  first.count.value = 5;
  assert.equal(second.also.count.value, 5);
  assert.equal(shared.value, 1);
  assert.equal(throughPage(signal(undefined)).value, undefined);
  assert.equal(throughPage(signal(signal("inner"))).value.value, "inner");
});

Deno.test("[FR13] JSX goes as the number of its slot; what cannot go is named", () => {
  assert.deepEqual(throughPage({ children: new Slot(4, null) }), { children: "slot 4" });
  assert.throws(() => serialiseProps([{ onSave: () => {} }]), /function/);
  class Room {}
  assert.throws(() => serialiseProps([{ room: new Room() }]), /POJO/);
});
