/**
 * Names people are called by. Nobody's account: whoever holds the key of a name is its owner. Two
 * names are the same when they read the same, so each has a folded form, by which it is found.
 */
import { PERSON_NAME_LENGTH } from "./limits.ts";
import { cleanLine, lengthOf } from "./text.ts";

export type NameFault = "empty" | "too-long" | "bad-characters";
export type Name =
  | {
    readonly ok: true;
    /** As it is shown. */
    readonly name: string;
    /** As it is compared; never shown. */
    readonly folded: string;
  }
  | { readonly ok: false; readonly why: NameFault };

// What draws nothing, or only a blank, and is of no use in a name: soft hyphen, grapheme joiner, the
// Hangul fillers, zero-width space, Mongolian vowel separator, invisible operators, Braille's blank.
const BLANKS =
  /\u00ad|\u034f|\u115f|\u1160|\u17b4|\u17b5|\u180e|\u200b|[\u2060-\u206f]|\u2800|\u3164|\uffa0/gu;
/** All that draws nothing: also joiners and selectors, which emoji and Persian need to be shown. */
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\u2800]/gu;
/** Not assigned, private or half a character: nobody knows what they look like. */
const UNKNOWN = /[\p{Cn}\p{Co}\p{Cs}]/u;
const LETTER = /\p{L}/u;

/**
 * Reads a name as typed: 1 to 32 code points, a letter of any script among them.
 *
 * Compared are names in NFKC, with case folded, without what draws nothing, and with white space
 * of all kinds as single spaces. Upper case comes first in the folding, since some letters differ
 * in lower case only (ß and ss, the two Greek sigmas).
 */
export function parseName(text: string): Name {
  if (!text.isWellFormed() || UNKNOWN.test(text)) return { ok: false, why: "bad-characters" };
  const name = cleanLine(cleanLine(text).replace(BLANKS, ""));
  if (name.replace(UNSEEN, "") === "") return { ok: false, why: "empty" };
  if (lengthOf(name) > PERSON_NAME_LENGTH) return { ok: false, why: "too-long" };
  if (!LETTER.test(name)) return { ok: false, why: "bad-characters" };
  return { ok: true, name, folded: foldName(name) };
}

/** What two names that read the same have in common; of any text, also of what is no name. */
export function foldName(text: string): string {
  const bare = cleanLine(text).replace(UNSEEN, "").normalize("NFKC");
  return cleanLine(bare.toUpperCase().toLowerCase().normalize("NFKC").replace(UNSEEN, ""));
}

/**
 * The name with the first number that makes it free: "Ana 2". What is too long gives way at its
 * end.
 *
 * @param isFree asked of folded names
 */
export function suggestName(name: string, isFree: (folded: string) => boolean): string {
  for (let number = 2;; number++) {
    const end = ` ${number}`;
    const letters = [...name].slice(0, PERSON_NAME_LENGTH - end.length).join("").trimEnd();
    const suggestion = letters + end;
    if (isFree(foldName(suggestion))) return suggestion;
  }
}

/** Who proves what to whom; the server's `nonce` makes it good for one time only. */
export interface NameProof {
  /** Of the page, as browsers serialise it. */
  readonly origin: string;
  readonly session: string;
  readonly nonce: string;
  /** Folded. */
  readonly name: string;
  /** The public key that is to hold the name. */
  readonly key: string;
}

/**
 * The text an owner signs to take a name up. It names its purpose, so that a signature for this is
 * worth nothing elsewhere, and none made elsewhere is worth anything here.
 */
export function proofText({ origin, session, nonce, name, key }: NameProof): string {
  return ["tertulia: take up a name", origin, session, nonce, name, key].join("\n");
}
