import { h } from "preact";
import assert from "node:assert/strict";
import { mergeHead } from "../../lib/fresh/server/head.ts";

const contents = (own: unknown[], brought: unknown[]) =>
  mergeHead(own as never, brought as never).map((child) =>
    child && typeof child === "object" && "props" in child
      ? [child.type, child.props.children ?? (child.props as Record<string, unknown>).content]
      : child
  );

Deno.test("[FR10] of two elements of a kind in <head> the last wins, at the place of the first", () => {
  const own = [
    h("title", null, "app"),
    h("meta", { name: "description", content: "app" }),
    h("meta", { name: "robots", content: "none" }),
    h("link", { id: "sheet", children: "app" }),
    h("script", { key: "k" }, "app"),
  ];
  const brought = [
    [h("title", null, "page"), h("meta", { name: "description", content: "page" })],
    h("link", { id: "sheet", children: "page" }),
    h("script", { key: "k" }, "page"),
    h("script", null, "more"),
  ];
  assert.deepEqual(contents(own, brought), [
    ["title", "page"],
    ["meta", "page"],
    ["meta", "none"],
    ["link", "page"],
    ["script", "page"],
    ["script", "more"],
  ]);
});
