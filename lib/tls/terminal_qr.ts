/** A QR code in a terminal's letters: two rows of modules in each line of text. */
import { generate } from "lean-qr";

/** Light modules all round that readers need: ISO/IEC 18004, "quiet zone". */
const QUIET_MODULES = 4;
const BLACK_ON_WHITE = "\x1b[30;107m";
const PLAIN = "\x1b[0m";
/** By what is dark: neither, the lower, the upper, both. */
const DARK_INK = [" ", "▄", "▀", "█"];

/**
 * Draws a text as a code that phones read.
 *
 * @param colour whether the terminal takes colours: then it is black on white whatever the theme.
 *   Else it is drawn for light letters on a dark ground, which most terminals have
 * @returns lines, each ended
 */
export function terminalQr(text: string, colour: boolean): string {
  const code = generate(text);
  const ink = colour ? DARK_INK : DARK_INK.toReversed();
  const end = code.size + QUIET_MODULES;
  let drawn = "";
  for (let y = -QUIET_MODULES; y < end; y += 2) {
    let line = "";
    for (let x = -QUIET_MODULES; x < end; x++) {
      line += ink[(code.get(x, y) ? 2 : 0) + (code.get(x, y + 1) ? 1 : 0)];
    }
    drawn += colour ? `  ${BLACK_ON_WHITE}${line}${PLAIN}\n` : `  ${line}\n`;
  }
  return drawn;
}
