/** A certificate and its key as files name them: read, and checked before anybody meets them. */
import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import { canonicalHost } from "./hosts.ts";
import type { CertificateFacts } from "./plan.ts";

/** Where certificate and key are. */
export interface TlsFiles {
  readonly cert: string;
  readonly key: string;
}

/** What a server needs to speak TLS. */
export interface TlsPair {
  /** PEM: the server's certificate first, those that vouch for it after. */
  readonly cert: string;
  /** PEM. */
  readonly key: string;
  /** Addresses and names the certificate is for. */
  readonly hosts: readonly string[];
}

/** Certificate or key are of no use, for a reason their owner can do something about. */
export class TlsError extends Error {
  override name = "TlsError";
}

/**
 * Reads and checks the pair.
 *
 * @param read gets a file's text; throws as `Deno.readTextFileSync` does
 * @throws {TlsError} that names the setting and the remedy
 */
export function readPair(
  files: TlsFiles,
  nowMs: number,
  read: (path: string) => string = Deno.readTextFileSync,
): TlsPair {
  const cert = textOf("TLS_CERT", files.cert, read);
  const key = textOf("TLS_KEY", files.key, read);
  const certificate = parseCertificate(cert);
  if (certificate === null) {
    throw new TlsError(`TLS_CERT: ${files.cert} has no certificate in PEM form`);
  }
  const privateKey = parseKey(key);
  if (privateKey === null) {
    throw new TlsError(
      `TLS_KEY: ${files.key} has no private key in PEM form, or one behind a password: ` +
        "take the password off, as openssl pkey does",
    );
  }
  if (!certificate.checkPrivateKey(privateKey)) {
    throw new TlsError(
      `TLS_KEY: ${files.key} is not the key of the certificate ${files.cert}: name two that belong together`,
    );
  }
  if (Date.parse(certificate.validTo) <= nowMs) {
    throw new TlsError(
      `TLS_CERT: ${files.cert} ended on ${certificate.validTo}: renew it, or unset TLS_CERT and TLS_KEY`,
    );
  }
  return { cert, key, hosts: hostsOf(certificate) };
}

/**
 * What is known of a kept certificate.
 *
 * @param pem the certificate
 * @param key its private key, PEM
 * @param authority the certificate of who should have signed it; itself for an authority's
 * @returns null where it cannot be read
 */
export function factsOf(pem: string, key: string, authority: string): CertificateFacts | null {
  const certificate = parseCertificate(pem);
  const issuer = parseCertificate(authority);
  const privateKey = parseKey(key);
  if (certificate === null || issuer === null || privateKey === null) return null;
  return {
    hosts: hostsOf(certificate),
    endsMs: Date.parse(certificate.validTo),
    sound: certificate.checkPrivateKey(privateKey) && certificate.verify(issuer.publicKey),
  };
}

/** How systems show a certificate, for telling one from another: SHA-256, in pairs of digits. */
export function fingerprintOf(pem: string): string {
  return parseCertificate(pem)?.fingerprint256 ?? "";
}

/** The alternative names of RFC 5280, 4.2.1.6; the common name is read by nobody any more. */
function hostsOf({ subjectAltName }: X509Certificate): string[] {
  return (subjectAltName ?? "").split(", ").flatMap((each) => {
    const [, name] = /^(?:DNS|IP Address):(.+)$/.exec(each) ?? [];
    return name === undefined ? [] : [canonicalHost(name)];
  });
}

function textOf(setting: string, path: string, read: (path: string) => string): string {
  try {
    return read(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) {
      throw new TlsError(`${setting}: there is no file ${path}`);
    }
    throw new TlsError(`${setting}: ${path} cannot be read (${(error as Error).name})`);
  }
}

function parseCertificate(pem: string): X509Certificate | null {
  try {
    return new X509Certificate(pem);
  } catch {
    return null;
  }
}

function parseKey(pem: string): KeyObject | null {
  try {
    return createPrivateKey(pem);
  } catch {
    return null;
  }
}
