/** Where what people do together is found, once its code has come: until then what is heard waits. */
import { type ReadonlySignal, signal } from "@preact/signals-core";
import type { LinkEvent } from "./link.ts";
import type { Undo } from "./ports.ts";
import type { CompanyModel } from "./company_model.ts";

/** What `company.ts` makes: a model that hears, and ends. */
export interface Company extends CompanyModel {
  hear(event: LinkEvent): void;
  dispose(): void;
}

/** Of a second and a half, at the rate one person may speak; if the code never comes, the rest. */
const KEPT = 200;

export class CompanyLater {
  readonly #model = signal<Company | null>(null);
  #waiting: LinkEvent[] = [];

  readonly model: ReadonlySignal<CompanyModel | null> = this.#model;

  hear(event: LinkEvent): void {
    const company = this.#model.peek();
    if (company !== null) return company.hear(event);
    if (event.type === "signal" || event.type === "seats") return;
    this.#waiting = [...this.#waiting, event].slice(-KEPT);
  }

  /** Hands on what waited, and then what comes; to be undone when the call ends. */
  begin(company: Company): Undo {
    for (const event of this.#waiting.splice(0)) company.hear(event);
    this.#model.value = company;
    return () => {
      this.#model.value = null;
      company.dispose();
    };
  }
}
