/** Says that the server is lost to a call, and that it is back. */
import type { Notices } from "./notices.ts";

export class ServerLoss {
  readonly #notices: Notices;
  #isLost = false;

  constructor(notices: Notices) {
    this.#notices = notices;
  }

  /** What holds now: whether one is inside, and the server does not answer. */
  tell(isInside: boolean, isUnreachable: boolean): void {
    const isLost = isInside && isUnreachable;
    if (isLost === this.#isLost) return;
    this.#isLost = isLost;
    if (isLost) this.#notices.say("notice.serverLost", {}, true);
    else if (isInside) this.#notices.say("notice.serverBack");
    else this.#notices.solve("notice.serverLost");
  }
}
