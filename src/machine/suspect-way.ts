import { AzdockError, type NextStep } from '../errors/azdock-error.ts';
import { EngineUnreachableError } from '../errors/engine-unreachable-error.ts';
import { SshError } from '../errors/ssh-error.ts';
import { TimeoutError } from '../errors/timeout-error.ts';
import type { StoredMachine } from '../store/load.ts';
import type { MachineRecord } from '../store/record.ts';
import type { Sidecar } from '../store/sidecar.ts';

/** Failures of SSH and of the engine that mean that no connection came about, or one to something else. */
const NO_WAY: ReadonlySet<string> = new Set(['refused', 'timeout', 'unreachable', 'unknown-host', 'closed', 'other']);

type Known = Pick<StoredMachine, 'record' | 'sidecar'>;

/**
 * Adds to a failure to reach a machine what is known of the way to it: that it has a private address only, or whom its firewall
 * lets in. Either looks from elsewhere as if the machine did not run. The error keeps its class, text and next steps.
 */
export function suspectWay<T>(error: T, { record, sidecar }: Known): T {
  if (!(error instanceof AzdockError) || !isSilence(error)) return error;
  const found = privateAddress(record) ?? closedFirewall(record, sidecar);
  if (found === undefined || error.details.includes(found.detail)) return error;
  return Object.defineProperties(error, {
    details: { value: [found.detail, ...error.details], enumerable: true },
    nextSteps: { value: [...error.nextSteps, ...found.nextSteps], enumerable: true },
  });
}

interface Finding {
  readonly detail: string;
  readonly nextSteps: readonly NextStep[];
}

function privateAddress({ Name: name, Driver: driver }: MachineRecord): Finding | undefined {
  const isWithout = driver['NoPublicIP'] === true;
  if (!isWithout && driver['UsePrivateIP'] !== true) return undefined;
  const address = driver.IPAddress === '' ? 'its private address' : `its private address ${driver.IPAddress}`;
  const why = isWithout ? 'it has no public one' : 'it was made with --azure-use-private-ip';
  return {
    detail: `${name} is reached at ${address} only: ${why}. This computer has to be inside its network, or joined to it by a VPN, a peering, ExpressRoute or an SSH tunnel through a host there.`,
    nextSteps: [],
  };
}

function closedFirewall({ Name: name }: MachineRecord, sidecar: Sidecar | undefined): Finding | undefined {
  const group = sidecar?.driver?.['securityGroup'];
  if (typeof group === 'string')
    return {
      detail: `${name} is behind network security group ${group}: what its rules do not let in gets no answer.`,
      nextSteps: [{ label: 'Its rules', command: `azdock allow ${name}` }],
    };
  const recorded = sidecar?.driver?.['allowFrom'];
  const allowFrom = Array.isArray(recorded) ? recorded.filter((source) => typeof source === 'string') : [];
  if (allowFrom.length === 0 || allowFrom.includes('*')) return undefined;
  return {
    detail: `The firewall of ${name} lets in ${allowFrom.join(', ')} only; from any other address nothing answers.`,
    nextSteps: [{ label: 'Let in another address', command: `azdock allow ${name} --add ADDRESS` }],
  };
}

function isSilence(error: AzdockError): boolean {
  if (error instanceof TimeoutError && error.cause instanceof AzdockError) return isSilence(error.cause);
  if (error instanceof EngineUnreachableError || error instanceof SshError) return NO_WAY.has(error.failure);
  return error instanceof TimeoutError;
}
