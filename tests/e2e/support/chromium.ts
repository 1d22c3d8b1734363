import { type Browser, chromium } from "playwright-core";
import { BROWSER_ARGUMENTS, findBrowser, HOW_TO_GET_ONE } from "../../support/browser.ts";

export interface ChromiumOptions {
  /** Of the browser, beside this process's. */
  readonly env?: Readonly<Record<string, string>>;
  /** A program that starts the browser; itself unless told. */
  readonly executablePath?: string;
}

/**
 * Starts the machine's Chromium, Chrome or Edge with a fake camera and microphone.
 *
 * @param more further arguments
 * @param less arguments to leave out, as `--use-fake-ui-for-media-stream` where a test denies
 */
export function launchChromium(
  more: readonly string[] = [],
  less: readonly string[] = [],
  { env = {}, executablePath = findBrowser() ?? undefined }: ChromiumOptions = {},
): Promise<Browser> {
  if (executablePath === undefined) throw new Error(HOW_TO_GET_ONE);
  const args = BROWSER_ARGUMENTS.filter((argument) => !less.includes(argument));
  return chromium.launch({
    executablePath,
    args: [...args, ...more],
    env: { ...Deno.env.toObject(), ...env },
  });
}
