import { type Browser, chromium } from "playwright-core";
import { BROWSER_ARGUMENTS, findBrowser, HOW_TO_GET_ONE } from "../../support/browser.ts";

/**
 * Starts the machine's Chromium, Chrome or Edge with a fake camera and microphone.
 *
 * @param more further arguments
 * @param less arguments to leave out, as `--use-fake-ui-for-media-stream` where a test denies
 */
export function launchChromium(
  more: readonly string[] = [],
  less: readonly string[] = [],
): Promise<Browser> {
  const executablePath = findBrowser();
  if (executablePath === null) throw new Error(HOW_TO_GET_ONE);
  const args = BROWSER_ARGUMENTS.filter((argument) => !less.includes(argument));
  return chromium.launch({ executablePath, args: [...args, ...more] });
}
