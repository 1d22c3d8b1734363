/**
 * Who was to have what, and who had it: the model the simulation is checked against. It knows
 * nothing of the protocol but what people may count on.
 */
import type { EndpointId } from "../../lib/protocol/ids.ts";
import type { Page } from "./page.ts";

/** A page's stay in a room under one endpoint. */
export interface Tenure {
  readonly page: Page;
  readonly endpoint: EndpointId;
  /** False once the page has left, is gone, or has another endpoint. */
  lasts: boolean;
  /** True once the server has taken it for left, after as long as it must wait. */
  takenOut: boolean;
}

/** An event its sender's link took. */
interface Sent {
  readonly id: string;
  readonly kind: "chat" | "signal";
  readonly by: Page;
  /** The sender's wish to be in the room, which outlives endpoints. */
  readonly stay: number;
  /** The life of the server in which it was said. */
  readonly life: number;
  readonly tenure: Tenure;
  /** Whom the sender saw in the room, or the one it was for. */
  readonly due: readonly EndpointId[];
  /** Whom it need not reach, though it was due to them. */
  readonly settledWithout: Set<Tenure>;
  accepted: boolean;
}

export class Ledger {
  lost = 0;
  doubled = 0;
  reordered = 0;
  /** Came to somebody it was not for. */
  strayed = 0;
  /** What went wrong first, for people. */
  readonly problems: string[] = [];
  delivered = 0;
  /** Which life of the server this is. */
  life = 0;
  readonly #tenures = new Map<EndpointId, Tenure>();
  readonly #sent = new Map<string, Sent>();
  /** Those sent since the last quiet moment. */
  #open: Sent[] = [];
  readonly #had = new Map<Page, Set<string>>();
  /** Of each receiver and sender, the last place had. */
  readonly #last = new Map<string, number>();

  began(tenure: Tenure): void {
    this.#tenures.set(tenure.endpoint, tenure);
  }

  tenureOf(endpoint: EndpointId): Tenure | undefined {
    return this.#tenures.get(endpoint);
  }

  sent(sent: Omit<Sent, "accepted" | "life" | "settledWithout">): void {
    const event = { ...sent, life: this.life, accepted: false, settledWithout: new Set<Tenure>() };
    this.#sent.set(event.id, event);
    this.#open.push(event);
  }

  /** The sender's link refused it, and said so. */
  forget(id: string): void {
    this.#sent.delete(id);
    this.#open = this.#open.filter((each) => each.id !== id);
  }

  /**
   * Somebody who was taken for left is back by the card it kept: what was said until now was settled
   * without it.
   */
  cameBack(tenure: Tenure): void {
    tenure.takenOut = false;
    for (const event of this.#open) event.settledWithout.add(tenure);
  }

  /** The server took it. */
  accepted(id: string): void {
    const event = this.#sent.get(id);
    if (event !== undefined) event.accepted = true;
  }

  isAccepted(id: string): boolean {
    return this.#sent.get(id)?.accepted ?? false;
  }

  hasHad(page: Page, id: string): boolean {
    return this.#had.get(page)?.has(id) ?? false;
  }

  had(page: Page, id: string): void {
    const event = this.#sent.get(id);
    if (event === undefined) return this.#wrong("strayed", `${page.name} had ${id}, unknown`);
    if (event.kind === "signal" && !page.hasBeen(event.due[0])) {
      this.#wrong("strayed", `${page.name} had ${id}, not for it`);
    }
    const had = this.#had.get(page) ?? new Set<string>();
    this.#had.set(page, had);
    if (had.has(id)) return this.#wrong("doubled", `${page.name} had ${id} twice`);
    had.add(id);
    this.delivered++;
    const place = Number(id.split("/")[1]);
    const pair = `${page.name} ${event.by.name}`;
    if (place < (this.#last.get(pair) ?? 0)) {
      this.#wrong("reordered", `${page.name} had ${id} after ${this.#last.get(pair)}`);
    }
    this.#last.set(pair, place);
  }

  /** How many events the server took are on their way to somebody who stays. */
  get underWay(): number {
    return this.#open.filter((each) => each.accepted && this.#awaiting(each).length > 0).length;
  }

  /** At a quiet moment: what somebody who stayed should have had by now is lost. */
  settle(): void {
    for (const event of this.#open) {
      for (const tenure of this.#awaiting(event)) {
        this.#wrong("lost", `${tenure.page.name} never had ${event.id} (${event.kind})`);
      }
    }
    this.#open = [];
  }

  /**
   * What is said holds while its sender keeps its endpoint. Chat goes on to the next one of a seat
   * that was lost, but cannot reach those who are not back after a restart when it does.
   */
  #awaiting(event: Sent): Tenure[] {
    const { kind, by, stay, life, tenure, settledWithout } = event;
    const isCarried = kind === "chat" && by.stay === stay && life === this.life;
    if (!tenure.lasts && !isCarried) return [];
    return event.due.flatMap((endpoint) => {
      const tenure = this.#tenures.get(endpoint);
      if (!tenure?.lasts || settledWithout.has(tenure)) return [];
      return this.hasHad(tenure.page, event.id) ? [] : [tenure];
    });
  }

  #wrong(what: "lost" | "doubled" | "reordered" | "strayed", why: string): void {
    this[what]++;
    this.problems.push(`${what}: ${why}`);
  }
}
