/**
 * A certificate authority for one local network, and certificates by it. Loaded by `deno task lan`
 * only, when there is something to make.
 */
import "reflect-metadata"; // @peculiar/x509 asks for it, before it is loaded itself
import { AsnConvert } from "@peculiar/asn1-schema";
import { GeneralName, GeneralSubtree, GeneralSubtrees, NameConstraints } from "@peculiar/asn1-x509";
import * as x509 from "@peculiar/x509";
import { AUTHORITY_DAYS, DAY_MS, SERVER_DAYS } from "./plan.ts";

/** A certificate and its private key, both PEM. */
export interface Pair {
  readonly certificate: string;
  readonly key: string;
}

/** Every system of the last ten years knows it, and a key is made in no time. */
const ALGORITHM = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;
/** RFC 5280, 4.2.1.10. */
const NAME_CONSTRAINTS = "2.5.29.30";
/** RFC 1918, RFC 3927, RFC 4193, RFC 4291: what is on no public network. */
const NETWORKS = [
  "10.0.0.0/8",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "169.254.0.0/16",
  "fc00::/7",
  "fe80::/10",
];
/** RFC 6762. Without a dot before it, it stands for all that is below it too. */
const DOMAIN = "local";
/** Phones' clocks may be slow. */
const CLOCK_SLACK_MS = 60 * 60_000;

/**
 * Makes an authority that can vouch for private networks, link-local addresses and `.local` names,
 * and for nothing else: the constraints are critical, so whoever trusts it trusts no more than that
 * even if its key is stolen.
 *
 * @param place whose it is, for the list people remove it from later
 * @param nowMs ms since 1970
 */
export async function makeAuthority(place: string, nowMs: number): Promise<Pair> {
  const keys = await makeKeys();
  // A second one of the same name would be taken for the first by some systems.
  const mark = crypto.randomUUID().slice(0, 4);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: [{ O: ["Tertulia"] }, { CN: [`Tertulia on ${place} (${mark})`] }],
    ...lifetime(nowMs, AUTHORITY_DAYS),
    keys,
    signingAlgorithm: ALGORITHM,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(
        x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign,
        true,
      ),
      new x509.Extension(NAME_CONSTRAINTS, true, AsnConvert.serialize(constraints())),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificate: pemOf(certificate), key: await exportKey(keys.privateKey) };
}

/**
 * Makes a server certificate and signs it.
 *
 * @param hosts addresses and names it is for; what the authority may not vouch for is signed all
 *   the same, and refused by whoever checks
 */
export async function issue(
  authority: Pair,
  hosts: readonly string[],
  nowMs: number,
): Promise<Pair> {
  const issuer = new x509.X509Certificate(authority.certificate);
  const signingKey = await importKey(authority.key);
  const keys = await makeKeys();
  const certificate = await x509.X509CertificateGenerator.create({
    subject: [{ O: ["Tertulia"] }, { CN: ["Tertulia"] }],
    issuer: issuer.subjectName,
    ...lifetime(nowMs, SERVER_DAYS),
    publicKey: keys.publicKey,
    signingKey,
    signingAlgorithm: ALGORITHM,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(
        hosts.map((value): x509.JsonGeneralName => ({
          type: isAddress(value) ? "ip" : "dns",
          value,
        })),
      ),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(issuer.publicKey),
    ],
  });
  return { certificate: pemOf(certificate), key: await exportKey(keys.privateKey) };
}

function constraints(): NameConstraints {
  const permitted = [
    ...NETWORKS.map((iPAddress) => new GeneralName({ iPAddress })),
    new GeneralName({ dNSName: DOMAIN }),
  ];
  return new NameConstraints({
    permittedSubtrees: new GeneralSubtrees(permitted.map((base) => new GeneralSubtree({ base }))),
  });
}

function isAddress(host: string): boolean {
  return host.includes(":") || /^\d+(\.\d+){3}$/.test(host);
}

function lifetime(nowMs: number, days: number): { notBefore: Date; notAfter: Date } {
  return {
    notBefore: new Date(nowMs - CLOCK_SLACK_MS),
    notAfter: new Date(nowMs + days * DAY_MS),
  };
}

function makeKeys(): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
}

function pemOf(certificate: x509.X509Certificate): string {
  return `${certificate.toString("pem")}\n`;
}

async function exportKey(key: CryptoKey): Promise<string> {
  return `${
    x509.PemConverter.encode(await crypto.subtle.exportKey("pkcs8", key), "PRIVATE KEY")
  }\n`;
}

function importKey(pem: string): Promise<CryptoKey> {
  const [der] = x509.PemConverter.decode(pem);
  return crypto.subtle.importKey("pkcs8", der, ALGORITHM, false, ["sign"]);
}
