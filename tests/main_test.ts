import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { lacks } from "./support/permissions.ts";

Deno.test({
  name: "[SV1] Importing the app needs no permission, does nothing and ends",
  ignore: lacks("run", "read"),
  async fn() {
    const main = fileURLToPath(new URL("../main.ts", import.meta.url));
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--no-prompt", "--allow-env=NODE_ENV", main],
      env: { NO_COLOR: "1" },
    }).output();
    const said = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes)).join("");
    assert.equal(said, "");
    assert.equal(code, 0);
  },
});
