import jsQR from "jsqr";

/** Pixels a module. */
const SCALE = 4;

/**
 * What a phone's camera makes of the QR code in a terminal's text.
 *
 * @param colour whether the text colours it: then letters are dark, else they are light
 * @returns undefined where there is none, or none that can be read
 */
export function readTerminalCode(text: string, colour: boolean): string | undefined {
  // deno-lint-ignore no-control-regex
  const rows = text.replace(/\x1b\[[\d;]*m/g, "").split("\n")
    .filter((line) => /^ {2}[ ▀▄█]{20,}$/.test(line)).map((line) => [...line.slice(2)]);
  if (rows.length === 0) return undefined;
  const [width, height] = [rows[0].length * SCALE, rows.length * 2 * SCALE];
  const pixels = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const upper = Math.floor(y / SCALE) % 2 === 0;
      const letter = rows[Math.floor(y / SCALE / 2)][Math.floor(x / SCALE)];
      const inked = letter === "█" || letter === (upper ? "▀" : "▄");
      pixels.fill(inked === colour ? 0 : 255, (y * width + x) * 4, (y * width + x) * 4 + 3);
    }
  }
  return jsQR.default(pixels, width, height)?.data;
}
