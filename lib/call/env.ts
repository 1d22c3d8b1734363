/**
 * The browser behind the ports: the one file of the engine that touches browser globals.
 */
import { memory } from "./env/memory.ts";
import type {
  Clock,
  Env,
  Locks,
  MediaPort,
  OpenSocket,
  PageEvents,
  RtcPort,
  Undo,
} from "./ports.ts";

/** The ports of the page this runs in. Cheap: nothing is opened or asked for. */
export function browserEnv(): Env {
  return {
    clock,
    openSocket,
    signalUrl: new URL("/api/signal", location.href).href.replace(/^http/, "ws"),
    random: (bytes) => void crypto.getRandomValues(bytes as Uint8Array<ArrayBuffer>),
    tab: memory(() => sessionStorage),
    browser: memory(() => localStorage),
    locks,
    page,
    keepAwake,
    media,
    rtc,
    log: (level, text) => console[level](`tertulia: ${text}`),
  };
}

/**
 * What this browser lacks to be in a call; empty for Chrome, Edge and Firefox of today and Safari
 * 17. Cameras are not looked for: a page without them (plain http) can still watch and listen.
 */
export function missingFeatures(): string[] {
  const rtc = globalThis.RTCPeerConnection?.prototype;
  const has: Readonly<Record<string, boolean>> = {
    "RTCPeerConnection": !!rtc,
    "RTCPeerConnection.addTransceiver": typeof rtc?.addTransceiver === "function",
    "RTCPeerConnection.restartIce": typeof rtc?.restartIce === "function",
    "RTCRtpSender.replaceTrack":
      typeof globalThis.RTCRtpSender?.prototype.replaceTrack === "function",
    "RTCRtpTransceiver.stop": typeof globalThis.RTCRtpTransceiver?.prototype.stop === "function",
    "MediaStream": typeof globalThis.MediaStream === "function",
    "WebSocket": typeof globalThis.WebSocket === "function",
  };
  return Object.keys(has).filter((name) => !has[name]);
}

const clock: Clock = {
  now: () => Date.now(),
  after(delayMs, task) {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
  every(periodMs, task) {
    const timer = setInterval(task, periodMs);
    return () => clearInterval(timer);
  },
};

const openSocket: OpenSocket = (url, handlers) => {
  const socket = new WebSocket(url);
  socket.onopen = () => handlers.open();
  socket.onmessage = ({ data }) => handlers.message(data);
  socket.onclose = ({ code, reason }) => handlers.close(code, reason);
  return {
    send: (frame) => socket.send(frame),
    close: (code, reason) => socket.close(code, reason),
    get buffered() {
      return socket.bufferedAmount;
    },
  };
};

const locks: Locks = {
  hold: (name, lost) => takeLock(name, { ifAvailable: true }, lost),
  async steal(name, lost) {
    return await takeLock(name, { steal: true }, lost) ?? (() => {});
  },
};

/** Resolves once the lock is had (its undo) or known to be another's (null). */
function takeLock(name: string, options: LockOptions, lost: () => void): Promise<Undo | null> {
  // Web Locks are for secure pages only.
  if (!navigator.locks) return Promise.resolve(() => {});
  return new Promise((resolve) => {
    let released = false;
    navigator.locks.request(name, options, (lock) => {
      if (!lock) return resolve(null);
      return new Promise<void>((release) => {
        resolve(() => {
          released = true;
          release();
        });
      });
    }).catch(() => {
      // A held lock ends in an error only when it is stolen (Web Locks API, 4.1).
      if (!released) lost();
      resolve(() => {});
    });
  });
}

function on(target: EventTarget, type: string, task: () => void): Undo {
  target.addEventListener(type, task);
  return () => target.removeEventListener(type, task);
}

const page: PageEvents = {
  get online() {
    return navigator.onLine;
  },
  get visible() {
    return document.visibilityState === "visible";
  },
  onOnline: (task) => on(globalThis, "online", task),
  onVisible: (task) =>
    on(document, "visibilitychange", () => {
      if (document.visibilityState === "visible") task();
    }),
  onHide: (task) => on(globalThis, "pagehide", task),
  onShow(task) {
    const shown = (event: Event) => (event as PageTransitionEvent).persisted && task();
    globalThis.addEventListener("pageshow", shown);
    return () => globalThis.removeEventListener("pageshow", shown);
  },
  onNetworkChange(task) {
    const { connection } = navigator as { connection?: EventTarget & { type?: string } };
    if (!connection) return () => {};
    let type = connection.type;
    return on(connection, "change", () => {
      // It fires for every new estimate of speed as well; only another kind of network counts.
      if (connection.type === type) return;
      type = connection.type;
      task();
    });
  },
};

/** Refused when the battery is low, unknown to older browsers, only for secure pages. */
async function keepAwake(): Promise<Undo> {
  try {
    const lock = await navigator.wakeLock.request("screen");
    return () => void lock.release().catch(() => {});
  } catch {
    return () => {};
  }
}

/** 43 ms at 48 kHz: a syllable's worth. */
const METER_SAMPLES = 2048;
const METER_EVERY_MS = 100;

const media: MediaPort = {
  get secure() {
    return globalThis.isSecureContext && !!navigator.mediaDevices;
  },
  getUserMedia: async (constraints) => await navigator.mediaDevices.getUserMedia(constraints),
  enumerateDevices: async () => await navigator.mediaDevices.enumerateDevices(),
  onDeviceChange: (task) =>
    navigator.mediaDevices ? on(navigator.mediaDevices, "devicechange", task) : () => {},
  async permission(kind) {
    try {
      return (await navigator.permissions.query({ name: kind as PermissionName })).state;
    } catch {
      return null;
    }
  },
  newStream: (tracks) => new MediaStream(tracks ?? []),
  get canShare() {
    return typeof navigator.mediaDevices?.getDisplayMedia === "function";
  },
  meter(track, heard) {
    const context = new AudioContext();
    const source = context.createMediaStreamSource(new MediaStream([track]));
    const analyser = new AnalyserNode(context, { fftSize: METER_SAMPLES });
    source.connect(analyser);
    const samples = new Float32Array(METER_SAMPLES);
    const timer = setInterval(() => {
      if (document.visibilityState !== "visible" || context.state !== "running") return;
      analyser.getFloatTimeDomainData(samples);
      heard(Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / METER_SAMPLES));
    }, METER_EVERY_MS);
    // Sound work stops with the page's visibility; where a click must come first, it waits for it.
    const follow = () =>
      void (document.visibilityState === "visible" ? context.resume() : context.suspend())
        .catch(() => {});
    follow();
    const undo = [
      on(document, "visibilitychange", follow),
      on(document, "pointerdown", follow),
      on(document, "keydown", follow),
    ];
    return () => {
      clearInterval(timer);
      for (const each of undo) each();
      source.disconnect();
      void context.close().catch(() => {});
    };
  },
};

const rtc: RtcPort = {
  newConnection: (configuration) => new RTCPeerConnection(configuration),
  newCertificate: () =>
    RTCPeerConnection.generateCertificate({ name: "ECDSA", namedCurve: "P-256" } as EcKeyGenParams),
  async warmUp() {
    // Threads are started and codecs listed with the first description; without servers to ask,
    // nothing leaves this machine.
    const connection = new RTCPeerConnection();
    try {
      connection.addTransceiver("audio");
      connection.addTransceiver("video");
      await connection.setLocalDescription();
    } catch {
      // then the first real one does it
    } finally {
      connection.close();
    }
  },
};
