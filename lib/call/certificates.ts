/** One DTLS certificate per endpoint and call, made ahead so that joining never waits for it. */
import type { RtcPort } from "./ports.ts";

export class Certificates {
  readonly #rtc: RtcPort;
  #next: RTCCertificate | null = null;
  #ready: Promise<void>;

  constructor(rtc: RtcPort) {
    this.#rtc = rtc;
    this.#ready = this.#make();
  }

  /** Settles when `take` has one to give. */
  get ready(): Promise<void> {
    return this.#ready;
  }

  /** The certificate of a new endpoint; null where none could be made, or none yet. */
  take(): RTCCertificate | null {
    const taken = this.#next;
    this.#next = null;
    this.#ready = this.#make();
    return taken;
  }

  async #make(): Promise<void> {
    try {
      this.#next = await this.#rtc.newCertificate();
    } catch {
      this.#next = null; // each connection makes its own then
    }
  }
}
