import { option } from '@oclif/core/flags';
import { catalogueValues, regionFlags } from '../cli/azure-flags/catalogue.ts';
import { AzdockCommand } from '../cli/base-command.ts';
import { sizeJudge } from '../cli/catalogue/size-filter.ts';
import { sizeDocument, sizeTable } from '../cli/catalogue/size-list.ts';
import { repeated, text, wholeNumber, yes } from '../cli/flags.ts';

export default class Sizes extends AzdockCommand {
  static override summary = 'List the sizes of machines that your subscription can make in a region now';
  static override group = 'Azure' as const;
  static override description =
    'Sizes that the region keeps from the subscription, and those for which a quota does not suffice, are left out; --all shows them, and why.';
  static override examples = [
    'azdock sizes --cpus 4 --memory 16',
    'azdock sizes --azure-location northeurope --spot --arch arm64',
    'azdock sizes --all --family D --zone 2',
    "azdock sizes --filter feature=ephemeral --json | jq -r '.[0].name'",
  ];
  static override enableJsonFlag = true;
  static override flags = {
    cpus: wholeNumber({ summary: 'At least so many vCPUs', helpValue: 'NUMBER' }),
    memory: wholeNumber({ summary: 'At least so much memory, in GiB', helpValue: 'GIB' }),
    zone: text({ summary: 'Only what can be had in that availability zone', helpValue: 'ZONE' }),
    arch: option({ options: ['x64', 'arm64'] as const, summary: 'Only that kind of processor', helpValue: 'ARCH' })(),
    spot: yes({ summary: 'Only what can be had as Spot, by its quota' }),
    family: text({ summary: "How the family's name begins: D, Bsv2, standardDSv5Family", helpValue: 'NAME' }),
    filter: repeated({
      summary:
        'name= (regular expression), family= or feature= (burstable, spot, trusted-launch, ephemeral, premium, accelerated-networking, encryption-at-host, ultra, gpu, nvme); may be repeated',
      helpValue: 'KEY=VALUE',
    }),
    all: yes({ char: 'a', summary: 'Also what cannot be had now, and why' }),
    ...regionFlags,
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(Sizes);
    const { cpus, memory, zone, arch, spot, family, filter, all } = flags;
    const wanted = sizeJudge({ cpus, memoryGiB: memory, zone, architecture: arch, family, filters: filter, all });
    const { findSizes } = await import('../machine/catalogue.ts');
    const found = await findSizes(catalogueValues(flags), { zone, spot }, this.context);
    const sizes = found.filter(wanted);
    if (sizes.length === 0)
      this.context.progress.info(
        all ? 'No size is like that.' : 'No size is like that; --all shows also what cannot be had, and why.',
      );
    await (this.context.json ? this.printJson(sizeDocument(sizes)) : this.print(sizeTable(sizes, all)));
  }
}
