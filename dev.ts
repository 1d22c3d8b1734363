/** `deno task dev` and `deno task build`: Fresh's builder, for a server with rebuilds or for good. */
import { Builder } from "fresh/dev";
import { readConfig } from "./lib/config.ts";

const builder = new Builder();
if (Deno.args.includes("build")) {
  await builder.build();
} else {
  const { port, host } = readConfig();
  await builder.listen(() => import("./main.ts"), { port, hostname: host });
}
