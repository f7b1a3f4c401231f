import { generateKeyPairSync } from 'node:crypto';
import forge from 'node-forge';

export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

export interface CertificateSet {
  readonly ca: Certificate;
  readonly server: Certificate;
  readonly client: Certificate;
}

let serial = 0x1000;

/** A CA, a server certificate for an address, and a client certificate. */
export function certificateSet(address: string): CertificateSet {
  const ca = issue({ subject: 'test CA', extensions: [{ name: 'basicConstraints', cA: true, critical: true }] });
  const names = [{ type: 7, ip: address }];
  const server = issue({
    subject: 'engine',
    issuer: ca,
    extensions: [
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: names },
    ],
  });
  return { ca, server, client: clientOf(ca) };
}

export function clientOf(ca: Certificate): Certificate {
  return issue({ subject: 'client', issuer: ca, extensions: [{ name: 'extKeyUsage', clientAuth: true }] });
}

function issue(options: {
  readonly subject: string;
  readonly issuer?: Certificate;
  readonly extensions: readonly object[];
}): Certificate {
  const keys = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.publicKeyFromPem(keys.publicKey);
  serial += 1;
  certificate.serialNumber = serial.toString(16);
  certificate.validity.notBefore = new Date(Date.now() - 3_600_000);
  certificate.validity.notAfter = new Date(Date.now() + 3_600_000);
  const subject = [{ name: 'commonName', value: options.subject }];
  certificate.setSubject(subject);
  certificate.setIssuer(
    options.issuer === undefined ? subject : forge.pki.certificateFromPem(options.issuer.cert).subject.attributes,
  );
  certificate.setExtensions([...options.extensions]);
  certificate.sign(forge.pki.privateKeyFromPem(options.issuer?.key ?? keys.privateKey), forge.md.sha256.create());
  return { cert: forge.pki.certificateToPem(certificate), key: keys.privateKey };
}
