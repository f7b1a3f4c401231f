import { existsSync, readFileSync } from 'node:fs';
import { covers, isKeyOf, isSignedBy, parseCertificate } from '../../../certs/inspect.ts';
import { Secret } from '../../../secret/secret.ts';
import { machinePaths } from '../../../store/layout.ts';
import { clientFiles } from '../../client-files.ts';
import { hasTunnel } from '../../tunnel/has-tunnel.ts';
import type { Check } from '../check.ts';
import { notChecked, ok, problem } from '../finding.ts';
import { judgeDates, renewClient, renewServer, untilWords } from './judge-certificate.ts';
import type { MachineSubject } from './machine-subject.ts';

const isWithPort = ({ stored }: MachineSubject) => !hasTunnel(stored);

/** The CA by which this computer judges the engine. */
export const caCertificate: Check<MachineSubject> = {
  id: 'ca-certificate',
  title: 'CA certificate',
  applies: isWithPort,
  async run({ name, stored, context, now }) {
    const { ca: file, read } = clientFiles(context.storePath, stored.record);
    const ca = parseCertificate({ text: read().ca, file });
    const wrong = judgeDates('The CA', ca, now(), renewClient(name));
    if (wrong !== undefined) return wrong;
    if (!ca.ca) return problem(`${file} is no certificate of a CA.`, renewClient(name));
    return ok(`Good ${untilWords(ca)}.`);
  },
};

/** What this computer shows to the engine. */
export const clientCertificate: Check<MachineSubject> = {
  id: 'client-certificate',
  title: 'Client certificate',
  needs: ['ca-certificate'],
  applies: isWithPort,
  async run({ name, stored, context, now }) {
    const files = clientFiles(context.storePath, stored.record);
    const texts = files.read();
    const ca = parseCertificate({ text: texts.ca, file: files.ca });
    const cert = parseCertificate({ text: texts.cert, file: files.cert });
    const fix = renewClient(name);
    if (!isKeyOf(cert, { text: texts.key, file: files.key }))
      return problem(`${files.key} is not the key of cert.pem.`, fix);
    if (!isSignedBy(cert, ca)) return problem(`${files.cert} was signed by another CA than ca.pem.`, fix);
    return judgeDates('The client certificate', cert, now(), fix) ?? ok(`Good ${untilWords(cert)}, with its key.`);
  },
};

/** The copy of the engine's certificate that is kept here. */
export const serverCertificate: Check<MachineSubject> = {
  id: 'server-certificate',
  title: 'Server certificate',
  needs: ['ca-certificate'],
  applies: (subject) => isWithPort(subject) && subject.stored.record.DriverName !== 'none',
  async run({ name, stored, context, now, host }) {
    const { serverCert, serverKey } = machinePaths(context.storePath, name);
    if (!existsSync(serverCert)) return notChecked(`There is no copy here: ${serverCert} is missing.`);
    const files = clientFiles(context.storePath, stored.record);
    const ca = parseCertificate({ text: files.read().ca, file: files.ca });
    const cert = parseCertificate({ text: readFileSync(serverCert, 'utf8'), file: serverCert });
    const fix = renewServer(name);
    const key = existsSync(serverKey) ? new Secret(readFileSync(serverKey, 'utf8')) : undefined;
    if (key !== undefined && !isKeyOf(cert, { text: key, file: serverKey }))
      return problem(`${serverKey} is not the key of server.pem.`, fix);
    if (!isSignedBy(cert, ca)) return problem(`${serverCert} was signed by another CA than ca.pem.`, fix);
    const address = await host();
    if (!covers(cert, address)) return problem(`It is not for ${address}, where the machine is now.`, fix);
    return judgeDates('The server certificate', cert, now(), fix) ?? ok(`Good for ${address} ${untilWords(cert)}.`);
  },
};
