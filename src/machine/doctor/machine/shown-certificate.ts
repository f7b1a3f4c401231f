import { existsSync, readFileSync } from 'node:fs';
import { covers, isSignedBy, parseCertificate } from '../../../certs/inspect.ts';
import { shownCertificate } from '../../../engine/shown-certificate.ts';
import { machinePaths } from '../../../store/layout.ts';
import { enginePort } from '../../address.ts';
import { clientFiles } from '../../client-files.ts';
import { hasTunnel } from '../../tunnel/has-tunnel.ts';
import type { Check } from '../check.ts';
import { advice, ok, problem, warning } from '../finding.ts';
import { judgeDates, renewServer } from './judge-certificate.ts';
import type { MachineSubject } from './machine-subject.ts';

/** The certificate that the engine really shows. */
export const engineCertificate: Check<MachineSubject> = {
  id: 'engine-certificate',
  title: "Engine's certificate",
  needs: ['engine-port', 'ca-certificate'],
  applies: ({ stored }) => !hasTunnel(stored),
  async run({ name, stored, context, now, host, probeMs: timeoutMs }, signal) {
    const { record } = stored;
    const address = await host();
    const shown = await shownCertificate({ machine: name, host: address, port: enginePort(record), timeoutMs, signal });
    const files = clientFiles(context.storePath, record);
    const ca = parseCertificate({ text: files.read().ca, file: files.ca });
    const fix =
      record.DriverName === 'none'
        ? advice("See to the engine's own certificate, or to the CA that this computer knows it by.")
        : renewServer(name);
    if (!isSignedBy(shown, ca)) return problem('The engine shows one that another CA has signed.', fix);
    if (!covers(shown, address)) return problem(`The engine shows one that is not for ${address}.`, fix);
    const wrong = judgeDates('The one that the engine shows', shown, now(), fix);
    if (wrong !== undefined) return wrong;
    const { serverCert: file } = machinePaths(context.storePath, name);
    const copy = existsSync(file) ? parseCertificate({ text: readFileSync(file, 'utf8'), file }) : undefined;
    if (copy !== undefined && copy.serialNumber !== shown.serialNumber)
      return warning(
        `The engine shows another one (${shown.serialNumber}) than is kept here (${copy.serialNumber}).`,
        renewServer(name),
      );
    return ok(`The engine shows ${shown.serialNumber}${copy === undefined ? '' : ', as kept here'}.`);
  },
};
