/** What asks the server to end. Windows knows no SIGTERM; its consoles send SIGBREAK instead. */
export const STOP_SIGNALS: readonly Deno.Signal[] = Deno.build.os === "windows"
  ? ["SIGINT", "SIGBREAK"]
  : ["SIGINT", "SIGTERM"];
