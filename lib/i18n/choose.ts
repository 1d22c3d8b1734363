/** Which language somebody reads: their choice (cookie), else what their browser asks for. */
import { isLang, type Lang } from "./catalogue.ts";

const FALLBACK: Lang = "en";
const YEAR_SECONDS = 365 * 24 * 60 * 60;

/**
 * Chooses the language of a response.
 *
 * @param headers of the request: `Cookie` with `lang`, then `Accept-Language` (RFC 9110, 12.5.4)
 */
export function chooseLanguage(headers: Headers): Lang {
  const chosen = /(?:^|;\s*)lang=([a-z]+)/.exec(headers.get("cookie") ?? "")?.[1];
  if (chosen !== undefined && isLang(chosen)) return chosen;
  for (const range of byWeight(headers.get("accept-language") ?? "")) {
    const primary = range.split("-")[0];
    if (isLang(primary)) return primary;
  }
  return FALLBACK;
}

/** The cookie that remembers a choice; readable by the page, of no use to anybody else. */
export function languageCookie(lang: Lang): string {
  return `lang=${lang}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax`;
}

/** Language ranges in lower case, the most wanted first; those with weight 0 are not wanted. */
function byWeight(header: string): string[] {
  return header.split(",")
    .map((part) => {
      const [range, ...parameters] = part.trim().toLowerCase().split(/\s*;\s*/);
      const q = parameters.find((parameter) => parameter.startsWith("q="));
      return { range, weight: q === undefined ? 1 : Number(q.slice(2)) };
    })
    .filter(({ weight }) => weight > 0)
    .sort((one, other) => other.weight - one.weight)
    .map(({ range }) => range);
}
