import assert from "node:assert/strict";
import { lacks } from "./support/permissions.ts";
import { bareCode, type Import, importsOf, type Source, sources } from "./support/sources.ts";

/** Which of our folders and files a part may import; `types` only by `import type`. */
interface Part {
  readonly at: RegExp;
  readonly may: readonly RegExp[];
  readonly types?: readonly RegExp[];
  readonly packages?: readonly string[];
}

const WORDS = /^lib\/i18n(\.ts|\/)/;
const PREACT = ["preact", "preact/hooks", "preact/compat", "@preact/signals"];

/** The first part that fits a file counts. */
const PARTS: readonly Part[] = [
  { at: /^lib\/protocol\//, may: [/^lib\/protocol\//], packages: ["valibot"] },
  {
    at: /^lib\/signaling\//,
    may: [/^lib\/signaling\//, /^lib\/protocol\//],
    types: [/^lib\/(config|log|metrics)\.ts$/],
    packages: ["valibot"],
  },
  {
    at: /^lib\/call\//,
    may: [/^lib\/call\//, /^lib\/protocol\//],
    packages: ["@preact/signals-core", "valibot"],
  },
  {
    at: /^lib\/fresh\//,
    may: [/^lib\/fresh\//],
    packages: [...PREACT, "preact/jsx-runtime", "preact-render-to-string", "esbuild", "devalue"]
      .concat("mrmime", "fresh/internal", "fresh/runtime"),
  },
  { at: /^lib\/store\//, may: [/^lib\/store\//], types: [/^lib\/log\.ts$/] },
  {
    at: /^lib\/tls\//,
    may: [/^lib\/(tls\/|address\.ts|security\.ts|banner\.ts)/],
    types: [/^lib\/(config|serve|store\/store)\.ts$/],
    packages: ["lean-qr", "@peculiar/x509", "@peculiar/asn1-schema", "@peculiar/asn1-x509"]
      .concat("reflect-metadata"),
  },
  { at: WORDS, may: [WORDS, /^static\/locales\//], types: [/^lib\/protocol\//] },
  {
    at: /^lib\//,
    may: [/^lib\/(?!call\/|fresh\/)/],
    packages: ["fresh", "valibot"],
  },
  {
    at: /^components\//,
    may: [/^components\//, WORDS],
    types: [/^lib\/(protocol|call)\//],
    packages: [...PREACT, "fresh/runtime", "lean-qr", "lean-qr/extras/svg"],
  },
  {
    at: /^islands\//,
    may: [/^islands\//, /^components\//, /^lib\/(call|protocol)\//, WORDS],
    packages: [...PREACT, "fresh/runtime", "lean-qr", "lean-qr/extras/svg"],
  },
  {
    at: /^routes\//,
    may: [/^islands\//, /^components\//, /^lib\/(?!call\/|fresh\/|serve\.ts)/],
    packages: [...PREACT, "fresh", "fresh/runtime"],
  },
  { at: /^main\.ts$/, may: [/^lib\/(?!call\/|fresh\/|serve\.ts)/], packages: ["fresh"] },
  { at: /^dev\.ts$/, may: [/^main\.ts$/, /^lib\/config\.ts$/], packages: ["fresh/dev"] },
  { at: /^tools\//, may: [/^tools\//, /^lib\/(?!call\/|fresh\/)/] },
];

const CODE = ["lib", "routes", "islands", "components", "tools"];
const EXTENSIONS = [".ts", ".tsx"];

function appSources(): Source[] {
  const atRoot = sources([""], EXTENSIONS).filter(({ path }) => /^(main|dev)\.ts$/.test(path));
  return [...atRoot, ...sources(CODE, EXTENSIONS)].filter(({ path }) => !path.endsWith("_test.ts"));
}

function isAllowed(part: Part, { target, typeOnly }: Import): boolean {
  const isOurs = /\.(tsx?|json)$/.test(target);
  if (!isOurs) return target.startsWith("node:") || (part.packages ?? []).includes(target);
  const may = typeOnly ? [...part.may, ...part.types ?? []] : part.may;
  return may.some((folder) => folder.test(target));
}

/** Words that must not stand in the code of some files. */
const BANS: readonly { readonly at: RegExp; readonly but?: RegExp; readonly word: RegExp }[] = [
  { at: /^lib\/(protocol|call)\//, word: /\bDeno\b/ },
  {
    at: /^lib\//,
    but: /^lib\/(fresh\/|call\/env(\.ts|\/))/,
    word:
      /(?<![.\w])(window|document|navigator|localStorage|sessionStorage|location|history|screen)\s*[.[(]/,
  },
  { at: /^islands\//, word: /\bRTC[A-Z]\w+|\bmediaDevices\b/ },
];

Deno.test({
  name: "[HS1] Imports go one way",
  ignore: lacks("read"),
  fn() {
    const wrong: string[] = [];
    for (const source of appSources()) {
      const part = PARTS.find(({ at }) => at.test(source.path));
      assert.ok(part, `${source.path} belongs to no part of the house`);
      for (const each of importsOf(source)) {
        if (!isAllowed(part, each)) wrong.push(`${source.path} imports ${each.target}`);
      }
    }
    assert.deepEqual(wrong, []);
  },
});

Deno.test({
  name: "[HS1] deno.json names every package, so no file carries a version or an address",
  ignore: lacks("read"),
  fn() {
    const wrong = [...appSources(), ...sources(["tests"], EXTENSIONS)].flatMap((source) =>
      importsOf(source).filter(({ target }) => /^(npm|jsr|https?):/.test(target))
        .map(({ target }) => `${source.path} imports ${target}`)
    );
    assert.deepEqual(wrong, []);
  },
});

Deno.test({
  name: "[HS2] Each part keeps to its world",
  ignore: lacks("read"),
  fn() {
    const wrong = appSources().flatMap(({ path, text }) => {
      const code = bareCode(text);
      return BANS.filter(({ at, but, word }) =>
        at.test(path) && !but?.test(path) && word.test(code)
      )
        .map(({ word }) => `${path} says ${word.exec(code)?.[0]}`);
    });
    assert.deepEqual(wrong, []);
  },
});

Deno.test({
  name: "[HS3] No file of code has over 400 lines",
  ignore: lacks("read"),
  fn() {
    const all = [...appSources(), ...sources(["tests"], EXTENSIONS)];
    const long = all.map(({ path, text }) => [path, text.split("\n").length - 1] as const)
      .filter(([, lines]) => lines > 400);
    assert.deepEqual(long, []);
  },
});
