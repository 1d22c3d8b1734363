import assert from "node:assert/strict";
import { wordsOf } from "../../lib/i18n/server.ts";
import { translator } from "../../lib/i18n/translate.ts";

const en = translator(wordsOf("en"));
const es = translator(wordsOf("es"));

Deno.test("[UI3] slots take their values as they are", () => {
  assert.equal(en.t("notice.joined", { name: "Ben" }), "Ben joined");
  assert.equal(es.t("notice.joined", { name: "Ben" }), "Ha llegado Ben");
  assert.equal(en.t("notice.joined", { name: "{name} $& <b>" }), "{name} $& <b> joined");
});

Deno.test("[UI3] a slot without a value is left to be noticed", () => {
  assert.equal(en.t("notice.joined"), "{name} joined");
});

Deno.test("[UI3] the plural form is the language's own", () => {
  assert.equal(en.t("ended.talked", { count: 1 }), "You talked for 1 minute.");
  assert.equal(en.t("ended.talked", { count: 42 }), "You talked for 42 minutes.");
  assert.equal(es.t("ended.talked", { count: 1 }), "Habéis hablado 1 minuto.");
  assert.equal(es.t("ended.talked", { count: 1_000_000 }), "Habéis hablado 1000000 minutos.");
});

Deno.test("[UI3] lists are joined as people say them", () => {
  assert.equal(en.list(["Ben", "Carla"]), "Ben and Carla");
  assert.equal(en.list(["Ben", "Carla", "Dario"]), "Ben, Carla and Dario");
  assert.equal(en.list(["Ben"]), "Ben");
  assert.equal(es.list(["Ben", "Carla", "Dario"]), "Ben, Carla y Dario");
  assert.equal(es.list(["Ana", "Inés"]), "Ana e Inés");
});

Deno.test("[UI3] a message is cut at its slots for values that are more than text", () => {
  assert.deepEqual(en.pieces("full.room", 6), [
    { slot: "room" },
    { text: " has room for " },
    { slot: "count" },
    { text: "." },
  ]);
});
