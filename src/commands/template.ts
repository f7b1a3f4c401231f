import { string as stringArgument } from '@oclif/core/args';
import { AzdockCommand } from '../cli/base-command.ts';
import { createFlags, createValues } from '../cli/create-flags.ts';
import { MOST_MACHINES } from '../cli/create-names.ts';
import { flagsOfOthers, refuseFlagsOfOthers } from '../cli/driver-flags.ts';
import { templateFlags, withAnyPassword, withoutSecrets } from '../cli/template-flags.ts';
import { UsageError } from '../errors/usage-error.ts';
import { withPassword } from './ssh-password.ts';
import { withReach } from './who-may-reach.ts';

export default class Template extends AzdockCommand {
  static override summary = 'Write what create would make on Azure as an ARM template or in Bicep';
  static override group = 'Azure' as const;
  static override description =
    'The template goes to standard output, without any secret in it: certificates, keys and passwords are parameters. With --parameters a file has their values. Azure is asked, and nothing is made there.';
  static override examples = [
    'azdock template --azure-allow-from 203.0.113.7 web > web.json',
    'azdock template --azure-allow-from 203.0.113.7 --azure-dns contoso-web --ssh-key ~/.ssh/id_ed25519.pub --parameters web.parameters.json web > web.json',
    'azdock template --bicep --count 3 --azure-allow-from VirtualNetwork --azure-no-public-ip node > nodes.bicep',
  ];
  static override args = { name: stringArgument({ ignoreStdin: true, description: 'Name of the machine' }) };
  static override flags = { ...templateFlags, ...createFlags };
  static override readonly flagsToHide: (typeof AzdockCommand)['flagsToHide'] = () => flagsOfOthers('azure');

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Template);
    const { environment, cwd, progress } = this.context;
    const { name } = args;
    if (name === undefined) throw new UsageError('No machine name specified: azdock template NAME');
    if (flags.count !== undefined && flags.count > MOST_MACHINES)
      throw new UsageError(`At most ${MOST_MACHINES} machines are written into one template.`, { resource: '--count' });
    refuseFlagsOfOthers(flags.driver, this.context.commandLine);
    const file = flags.parameters;
    const isOpen = file === undefined;
    const places = { environment: isOpen ? withoutSecrets(flags, environment) : environment, input: process.stdin };
    const values = await createValues(flags, places);
    const given = isOpen ? withAnyPassword(values) : await withPassword(values, this.context);
    const { readTemplateRequest } = await import('../machine/template/read-request.ts');
    const { makeTemplate } = await import('../machine/template/make-template.ts');
    // The sandbox's machines are open to everybody, and a template can go elsewhere.
    const anywhere = { ...given, azure: { ...given.azure, environment: undefined } };
    const { allowFrom } = (await withReach(anywhere, name, this.context)).azure;
    const { request, warnings } = await readTemplateRequest(
      {
        create: { name, ...given, azure: { ...given.azure, allowFrom } },
        count: flags.count,
        language: flags.bicep ? 'bicep' : 'arm',
        sshKeyFile: flags['ssh-key'],
        parametersFile: file,
      },
      cwd,
    );
    for (const warning of warnings) progress.warn(warning);
    await this.printExactly(await makeTemplate(request, this.context));
  }
}
