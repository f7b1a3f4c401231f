import type { ExtensionInspection } from '../../../drivers/extensions.ts';
import { ownExtensions } from '../../extension/own-extension.ts';
import type { Check } from '../check.ts';
import { advice, command, type Finding, notChecked, ok, problem, warning } from '../finding.ts';
import type { MachineSubject } from './machine-subject.ts';

/** The extension by which Docker got onto the machine. */
export const extension: Check<MachineSubject> = {
  id: 'extension',
  title: 'Extension',
  needs: ['vm'],
  applies: ({ azure, stored: { sidecar } }) =>
    azure !== undefined && ['docker-extension', 'custom-script'].includes(sidecar?.provisioner ?? ''),
  async run({ name, stored, driver }, signal) {
    const { extensions } = await driver();
    for (const each of ownExtensions(stored.sidecar)) {
      const found = await extensions?.inspect(each, signal);
      if (found !== undefined) return judge(name, found);
    }
    return warning(
      'It has been taken off the VM; the engine runs on without it.',
      command(`azdock extension ${name} show`),
    );
  },
};

function judge(machine: string, { type, provisioningState: state, handler, message }: ExtensionInspection): Finding {
  if (/^failed$/i.test(state)) {
    const why =
      message
        .trim()
        .split('\n')[0]
        ?.replace(/[.:]+$/, '') ?? '';
    return problem(`${type} has failed${why === '' ? '' : `: ${why}`}.`, command(`azdock provision ${machine}`));
  }
  if (!/^succeeded$/i.test(state)) return warning(`${type}: ${state}.`, advice('Look again when that has ended.'));
  if (handler === undefined) return notChecked(`${type} has succeeded; the VM's agent has not reported since.`);
  if (!/^ready$/i.test(handler.status))
    return warning(
      `${type}'s handler is ${handler.status || 'of unknown state'}.`,
      command(`azdock extension ${machine} show`),
    );
  return ok(`${type} ${handler.version} has succeeded and is ready.`);
}
