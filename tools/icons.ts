/**
 * Makes `static/icons.svg`, the sprite of the Lucide icons we use, anew from an unpacked
 * `lucide-static` (nothing else needs the package, which is 67 MB, so it is no dependency):
 *
 *     npm pack lucide-static && tar xf lucide-static-*.tgz
 *     deno run -RW tools/icons.ts package [another-icon …]
 *
 * Icons already in the sprite stay; those named are added.
 */
const SPRITE = new URL("../static/icons.svg", import.meta.url);

/** The drawing inside an icon's file, without the frame, on one line. */
function drawing(svg: string): string {
  return svg.replace(/^[\s\S]*?<svg[^>]*>/, "").replace("</svg>", "").replace(/\s+/g, " ")
    .replaceAll(" />", "/>").replaceAll("> <", "><").trim();
}

async function namesInSprite(): Promise<string[]> {
  const text = await Deno.readTextFile(SPRITE).catch(() => "");
  return [...text.matchAll(/<symbol id="([^"]+)"/g)].map(([, name]) => name);
}

const [folder, ...added] = Deno.args;
if (folder === undefined) throw new Error("which folder is lucide-static unpacked in?");
const { version } = JSON.parse(await Deno.readTextFile(`${folder}/package.json`));
const names = [...new Set([...await namesInSprite(), ...added])].toSorted();
const symbols = await Promise.all(names.map(async (name) => {
  const svg = await Deno.readTextFile(`${folder}/icons/${name}.svg`);
  return `  <symbol id="${name}" viewBox="0 0 24 24">${drawing(svg)}</symbol>`;
}));
const sprite = `<svg xmlns="http://www.w3.org/2000/svg">
  <!-- Icons of Lucide ${version}, lucide.dev: ISC License, (c) Lucide Icons and Contributors;
    some come from Feather: MIT License, (c) 2013-present Cole Bemis.
    Both in full: https://lucide.dev/license -->
${symbols.join("\n")}
</svg>
`;
await Deno.writeTextFile(SPRITE, sprite);
console.log(`${names.length} icons of Lucide ${version}, ${sprite.length} bytes`);
