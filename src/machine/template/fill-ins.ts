import type { Provisioning } from '../../provision/provisioning.ts';
import { Secret } from '../../secret/secret.ts';
import { call, type Expression, item, member, parameter } from './expression.ts';

/** Something that is known, or may be known, only to those who deploy. */
export interface FillIn {
  /** Stands for it in texts that azdock puts together. */
  readonly mark: string;
  readonly expression: Expression;
  /** As it stands in the engine's script. */
  readonly inScript: Expression;
  /** About how long it will be, in characters. */
  readonly length: number;
}

/** A provisioning with marks in it, and what they stand for. */
export interface OpenProvisioning {
  readonly provisioning: Provisioning;
  readonly fillIns: readonly FillIn[];
}

/** A certificate or a key of 2048 bits in PEM is shorter. */
const PEM_LENGTH = 2_000;
/** Plain, since its quotes in a unit file are set before it is known. */
const SERIAL = 'AZDOCK_CERTIFICATE_SERIAL';

/** Puts marks in the place of certificates, password and secret environment. */
export function openProvisioning(draft: Provisioning, { isLoop }: { readonly isLoop: boolean }): OpenProvisioning {
  const { engine, compose, login } = draft;
  const own = (name: 'cert' | 'key', alone: string) =>
    isLoop ? member(item(member(parameter('serverCertificates'), 'machines')), name) : parameter(alone);
  const ca = pem('ca', parameter('ca'));
  const cert = pem('serverCert', own('cert', 'serverCert'));
  const key = pem('serverKey', own('key', 'serverKey'));
  const serial = plain(
    SERIAL,
    isLoop ? item(parameter('certificateSerials')) : parameter('certificateSerial'),
    SERIAL.length * 2,
  );
  const password =
    login && plain('{{azdock:registryPassword}}', parameter('registryPassword'), login.password.reveal().length);
  const secrets = Object.entries(compose?.secretEnvironment.reveal() ?? {}).map(([name, value]) => ({
    name,
    ...quoted(`{{azdock:composeSecrets.${name}}}`, member(parameter('composeSecrets'), name), value.length),
  }));
  const provisioning: Provisioning = {
    ...draft,
    engine: { ...engine, certificateSerial: serial.mark },
    certificates: { ca: ca.mark, cert: cert.mark, key: new Secret(key.mark) },
    login: login && password && { ...login, password: new Secret(password.mark) },
    compose: compose && {
      ...compose,
      secretEnvironment: new Secret(Object.fromEntries(secrets.map(({ name, mark }) => [name, mark]))),
    },
  };
  return { provisioning, fillIns: [ca, cert, key, serial, ...(password ? [password] : []), ...secrets] };
}

/** Here-documents bring the line feed at its end themselves. */
function pem(name: string, expression: Expression): FillIn {
  return { mark: `{{azdock:${name}}}`, expression, inScript: call('trim', expression), length: PEM_LENGTH };
}

function plain(mark: string, expression: Expression, length: number): FillIn {
  return { mark, expression, inScript: expression, length };
}

/** Between single quotes of a shell a quote is written as `'\''`. */
function quoted(mark: string, expression: Expression, length: number): FillIn {
  return { mark, expression, inScript: call('replace', expression, "'", "'\\''"), length: length + 16 };
}
