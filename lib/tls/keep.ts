/** The LAN's authority and certificate in the data folder: made once, renewed when need be. */
import type { Store, StoreName } from "../store/store.ts";
import type { Pair } from "./authority.ts";
import { factsOf } from "./pair.ts";
import { authorityServes, type Renewal, renewalOf } from "./plan.ts";

/** The one part that is heavy; `authority.ts`, loaded when there is something to make. */
export interface Maker {
  makeAuthority(place: string, nowMs: number): Promise<Pair>;
  issue(authority: Pair, hosts: readonly string[], nowMs: number): Promise<Pair>;
}

/** What is kept now, and what was done for it. */
export interface Kept {
  readonly done: Renewal;
  /** An authority was made: nobody trusts it yet. */
  readonly newAuthority: boolean;
}

/** Names in the store, and so the files' own. */
export const LAN_FILES = {
  authority: "authority.crt",
  authorityKey: "authority.key",
  server: "server.crt",
  serverKey: "server.key",
} as const satisfies Record<string, StoreName>;

/**
 * Sees to it that the store has an authority, and a server certificate of it for these hosts.
 *
 * @param place whose authority it is, for people
 * @param load gets what makes certificates
 */
export async function keepCertificates(
  store: Store,
  { hosts, place, nowMs }: { hosts: readonly string[]; place: string; nowMs: number },
  load: () => Promise<Maker> = () => import("./authority.ts"),
): Promise<Kept> {
  const standing = await readPair(store, LAN_FILES.authority, LAN_FILES.authorityKey);
  const newAuthority = !authorityServes(
    factsOf(standing.certificate, standing.key, standing.certificate),
    nowMs,
  );
  const maker = once(load);
  const authority = newAuthority ? await (await maker()).makeAuthority(place, nowMs) : standing;
  if (newAuthority) {
    await writePair(store, LAN_FILES.authority, LAN_FILES.authorityKey, authority);
  }
  const { certificate, key } = await readPair(store, LAN_FILES.server, LAN_FILES.serverKey);
  const done = renewalOf(factsOf(certificate, key, authority.certificate), hosts, nowMs);
  if (done !== "kept") {
    await store.add(".gitignore", new TextEncoder().encode("*\n")); // wherever the data folder is
    const made = await (await maker()).issue(authority, hosts, nowMs);
    await writePair(store, LAN_FILES.server, LAN_FILES.serverKey, made);
  }
  return { done, newAuthority };
}

async function readPair(store: Store, certificate: StoreName, key: StoreName): Promise<Pair> {
  const text = async (name: StoreName) => new TextDecoder().decode(await store.read(name) ?? EMPTY);
  return { certificate: await text(certificate), key: await text(key) };
}

/** The key first: after a crash between the two they do not fit, and are made anew. */
async function writePair(
  store: Store,
  certificate: StoreName,
  key: StoreName,
  pair: Pair,
): Promise<void> {
  await store.write(key, new TextEncoder().encode(pair.key));
  await store.write(certificate, new TextEncoder().encode(pair.certificate));
}

const EMPTY = new Uint8Array();

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => made ??= make();
}
