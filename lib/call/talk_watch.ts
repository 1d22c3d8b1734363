/** Who is in the room with somebody after a call by name: when the last one goes, it is over. */
import type { LinkEvent } from "./link.ts";
import { foldRoster, type Roster } from "./roster.ts";

export class TalkWatch {
  #self: string | null = null;
  #roster: Roster = [];
  #met = false;

  /** Whether the two have seen each other in their room: from then on that tells the rest. */
  get met(): boolean {
    return this.#met;
  }

  /** How many others are in the room. */
  get others(): number {
    return this.#roster.filter(({ seat }) => seat !== this.#self).length;
  }

  /** Another talk begins. @param met the page was loaded anew: the two have met before */
  begin(met = false): void {
    this.#self = null;
    this.#roster = [];
    this.#met = met;
  }

  /** Follows the room; true when everybody else has left it. */
  follow(event: LinkEvent): boolean {
    switch (event.type) {
      case "snapshot":
        this.#self = event.self.seat;
        break;
      case "seats":
      case "arrived":
      case "left":
        if (this.#self === null) return false;
        break;
      default:
        return false;
    }
    this.#roster = foldRoster(this.#roster, event);
    if (this.others > 0) this.#met = true;
    return this.#met && this.others === 0;
  }
}
