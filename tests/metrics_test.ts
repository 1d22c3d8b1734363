import assert from "node:assert/strict";
import { createMetrics } from "../lib/metrics.ts";

Deno.test("[SV4] Counters and gauges are written as Prometheus reads them", () => {
  const metrics = createMetrics();
  metrics.counter("t_joins_total", "Joins.").add();
  const kinds = metrics.counter("t_messages_total", "Messages.", "type");
  kinds.add(2, "signal");
  kinds.add(1, 'a"b\n');
  const sockets = metrics.gauge("t_sockets", "Open sockets.");
  sockets.set(5);
  sockets.add(-2);
  metrics.reading("t_rooms", "Rooms.", () => 7);
  assert.equal(
    metrics.text(),
    [
      "# HELP t_joins_total Joins.",
      "# TYPE t_joins_total counter",
      "t_joins_total 1",
      "# HELP t_messages_total Messages.",
      "# TYPE t_messages_total counter",
      't_messages_total{type="signal"} 2',
      't_messages_total{type="a\\"b\\n"} 1',
      "# HELP t_sockets Open sockets.",
      "# TYPE t_sockets gauge",
      "t_sockets 3",
      "# HELP t_rooms Rooms.",
      "# TYPE t_rooms gauge",
      "t_rooms 7",
      "",
    ].join("\n"),
  );
});

Deno.test("[SV4] A name stands for one thing: asked again it is the same, never another kind", () => {
  const metrics = createMetrics();
  metrics.counter("t_total", "T.").add(2);
  metrics.counter("t_total", "T.").add(3);
  assert.match(metrics.text(), /^t_total 5$/m);
  assert.throws(() => metrics.gauge("t_total", "T."), TypeError);
});
