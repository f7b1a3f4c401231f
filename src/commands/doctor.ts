import { networkInterfaces } from 'node:os';
import { string as stringArgument } from '@oclif/core/args';
import { catalogueValues, regionFlags } from '../cli/azure-flags/catalogue.ts';
import { machineFlags } from '../cli/azure-flags/machine.ts';
import { whereFlags } from '../cli/azure-flags/where.ts';
import { AzdockCommand } from '../cli/base-command.ts';
import { dockerConfigDirectory } from '../cli/docker-config-directory.ts';
import { seconds } from '../cli/flags.ts';

export default class Doctor extends AzdockCommand {
  static override summary = 'Find out what is wrong, with this computer, the subscription or a machine';
  static override group = 'Azure' as const;
  static override description =
    'Without a name: Node.js, the store, docker and ssh, proxies, the way to Azure, the clock, login, rights, resource providers, ' +
    'policies and quota. With a name: the record, what there is of the machine in Azure, its VM, extension and firewall, ports, SSH ' +
    'host key and login, certificates, engine, clocks, disk and docker context; then the Azure flags below do not matter. Each check has a verdict (ok, warning, problem, not ' +
    'checked) and where something is to be done, one thing to do. Nothing is changed, started or removed. Ends with 1 when there is a ' +
    'problem, and with 0 else.';
  static override examples = ['azdock doctor', 'azdock doctor dev', 'azdock doctor dev --json'];
  static override enableJsonFlag = true;
  static override args = {
    name: stringArgument({
      ignoreStdin: true,
      description: 'Machine; without one, this computer and the subscription',
    }),
  };
  static override flags = {
    timeout: seconds({ char: 't', default: 10, summary: 'Time for all checks together' }),
    ...regionFlags,
    'azure-resource-group': whereFlags['azure-resource-group'],
    'azure-size': machineFlags['azure-size'],
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Doctor);
    const { context } = this;
    const { environment, cwd, json } = context;
    const [{ examine }, { knownAddresses }, { doctorDocument, doctorLines, doctorTable }, { styleOf }] =
      await Promise.all([
        import('../machine/doctor/doctor.ts'),
        import('../cli/known-addresses.ts'),
        import('../cli/doctor-report.ts'),
        import('../cli/style.ts'),
      ]);
    const interfaces = Object.values(networkInterfaces()).flatMap((list) => (list ?? []).map(({ address }) => address));
    const request = {
      name: args.name,
      timeoutMs: flags.timeout * 1000,
      azure: {
        ...catalogueValues(flags),
        resourceGroup: flags['azure-resource-group'],
        size: flags['azure-size'],
      },
      ownAddresses: knownAddresses(environment['SSH_CONNECTION'], interfaces).own,
      dockerConfig: dockerConfigDirectory(environment, cwd),
      nodeVersion: process.versions.node,
      now: () => new Date(),
    };
    const report = await examine(request, context);
    const style = { ...styleOf(context.stdoutIsTerminal, environment, false), color: context.color };
    if (json) await this.printJson(doctorDocument(report));
    else if (context.stdoutIsTerminal) await this.printStyled(doctorLines(report, style));
    else await this.print(doctorTable(report));
    this.endLike(report.verdict === 'problem' ? 1 : 0);
  }
}
