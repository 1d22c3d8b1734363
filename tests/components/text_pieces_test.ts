import assert from "node:assert/strict";
import fc from "fast-check";
import { piecesOf } from "../../components/text_pieces.ts";

const links = (text: string) => piecesOf(text).flatMap(({ href }) => href ?? []);

Deno.test("[CH5] addresses of http and https are links, and what ends a sentence is not in them", () => {
  const table: [text: string, links: string[]][] = [
    ["see https://a.example/b?c=d#e, then", ["https://a.example/b?c=d#e"]],
    ["HTTP://A.example", ["http://a.example/"]],
    ["(https://a.example/x).", ["https://a.example/x"]],
    ["https://a.example/x_(y)", ["https://a.example/x_(y)"]],
    ["https://a.example\nhttps://b.example!", ["https://a.example/", "https://b.example/"]],
    ["<https://a.example>", ["https://a.example/"]],
  ];
  for (const [text, wanted] of table) assert.deepEqual(links(text), wanted, text);
});

Deno.test("[CH5] nothing else is a link", () => {
  const inert = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,<b>",
    "vbscript:x ftp://a.example file:///etc/passwd",
    "a.example www.a.example mailto:a@b.example",
    "https://",
    "http:///",
    "xhttps://a.example",
    '<a href="javascript:alert(1)">x</a><b>',
  ];
  for (const text of inert) {
    assert.deepEqual(links(text), [], text);
    assert.equal(piecesOf(text).map((piece) => piece.text).join(""), text);
  }
});

Deno.test("[CH5] whatever is written, the pieces are the text, and links lead where http does", () => {
  const text = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.array(
      fc.constantFrom(
        "https://",
        "http://",
        "javascript:",
        "a.b",
        "(",
        ")",
        "@",
        " ",
        "\u0301",
        "<",
      ),
    ).map((parts) => parts.join("")),
  );
  fc.assert(fc.property(text, (text) => {
    const pieces = piecesOf(text);
    assert.equal(pieces.map((piece) => piece.text).join(""), text);
    for (const { href } of pieces) {
      if (href !== undefined) assert.match(new URL(href).protocol, /^https?:$/);
    }
  }));
});
