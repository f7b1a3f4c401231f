import type { Driver } from '../../drivers/driver.ts';
import { ProvisionError } from '../../errors/provision-error.ts';
import { type AccessAnswer, accessScript, parseAccessAnswer } from '../../provision/script/access.ts';
import { Secret } from '../../secret/secret.ts';
import type { StepHandle } from '../../steps/progress.ts';
import type { SshAccess } from '../deliver.ts';
import type { MachineContext } from '../machine-context.ts';
import { runOnHost } from '../run-on-host.ts';

export interface AccessGain {
  /** The machine's name. */
  readonly name: string;
  readonly driver: Driver;
  readonly user: string;
  /** One `authorized_keys` line. */
  readonly publicKey: string;
  /** A login that there is. Undefined: the VM's agent runs the script. */
  readonly login: SshAccess | undefined;
  readonly context: MachineContext;
}

/**
 * Brings azdock's own key onto a host, and learns the host's key by the same way.
 * @throws ProvisionError with the host's last lines; SshError, ArmError
 */
export async function gainAccess(gain: AccessGain, step: StepHandle): Promise<AccessAnswer> {
  const { name, driver, user, publicKey, login, context } = gain;
  const script = accessScript({ user, publicKey });
  const output =
    login === undefined
      ? await driver.runScript?.(script, context.signal)
      : await runOnHost({
          access: login,
          script: new Secret(script),
          failed: `azdock's key could not be brought onto ${login.host}`,
          step,
          context,
        });
  const answer = parseAccessAnswer(output ?? '');
  if (answer !== undefined) return answer;
  throw new ProvisionError(`The host of ${name} did not say what became of azdock's key.`, {
    resource: name,
    details: (output ?? '').split('\n').slice(-20),
  });
}
