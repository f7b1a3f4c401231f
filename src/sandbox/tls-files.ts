import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeAtomically } from './state/write-atomically.ts';

/** What the HTTPS server needs, and the file its clients trust. */
export interface TlsFiles {
  readonly caFile: string;
  readonly key: string;
  readonly certificate: string;
}

/** As long as a directory may live. */
const validityDays = 3650;

/**
 * The sandbox's own CA and the server's certificate for 127.0.0.1, ::1 and localhost, made at the first start.
 * The CA's key is thrown away at once: nothing else can ever be signed by what clients trust.
 */
export async function ensureTlsFiles(directory: string): Promise<TlsFiles> {
  const paths = {
    ca: join(directory, 'ca.pem'),
    key: join(directory, 'server-key.pem'),
    server: join(directory, 'server.pem'),
  };
  if (!existsSync(paths.ca) || !existsSync(paths.key) || !existsSync(paths.server)) {
    const made = await makeCertificates();
    await writeAtomically(paths.key, made.key);
    await writeAtomically(paths.server, made.certificate);
    await writeAtomically(paths.ca, made.ca);
  }
  return {
    caFile: paths.ca,
    key: readFileSync(paths.key, 'utf8'),
    certificate: readFileSync(paths.server, 'utf8'),
  };
}

function makeKey(): { readonly publicKey: string; readonly privateKey: string } {
  return generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
}

async function makeCertificates(): Promise<{
  readonly ca: string;
  readonly certificate: string;
  readonly key: string;
}> {
  const { default: forge } = await import('node-forge');
  const caKey = makeKey();
  const serverKey = makeKey();
  const signer = forge.pki.privateKeyFromPem(caKey.privateKey);
  const issuer = [{ name: 'commonName', value: `azdock sandbox CA ${randomBytes(4).toString('hex')}` }];
  const make = (publicKey: string, subject: typeof issuer, extensions: readonly object[]): string => {
    const certificate = forge.pki.createCertificate();
    certificate.publicKey = forge.pki.publicKeyFromPem(publicKey);
    // Positive, as RFC 5280 demands: the first byte keeps its highest bit clear.
    certificate.serialNumber = `1${randomBytes(16).toString('hex').slice(1)}`;
    certificate.validity.notBefore = new Date(Date.now() - 86_400_000);
    certificate.validity.notAfter = new Date(Date.now() + validityDays * 86_400_000);
    certificate.setSubject(subject);
    certificate.setIssuer(issuer);
    certificate.setExtensions([...extensions]);
    certificate.sign(signer, forge.md.sha256.create());
    return forge.pki.certificateToPem(certificate);
  };
  const ca = make(caKey.publicKey, issuer, [
    { name: 'basicConstraints', cA: true, critical: true },
    { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    { name: 'subjectKeyIdentifier' },
  ]);
  const certificate = make(
    serverKey.publicKey,
    [{ name: 'commonName', value: '127.0.0.1' }],
    [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
          { type: 7, ip: '::1' },
        ],
      },
    ],
  );
  return { ca, certificate, key: serverKey.privateKey };
}
