import { catalogueValues, subscriptionFlags } from '../cli/azure-flags/catalogue.ts';
import { AzdockCommand } from '../cli/base-command.ts';
import { parseRowFilter } from '../cli/catalogue/filters.ts';
import { regionDocument, regionTable } from '../cli/catalogue/region-list.ts';
import { repeated, yes } from '../cli/flags.ts';
import type { Region } from '../machine/catalogue.ts';

export default class Locations extends AzdockCommand {
  static override summary = 'List the regions of Azure that your subscription can use';
  static override group = 'Azure' as const;
  static override description =
    'What --azure-location can be, with availability zones and the region each is paired with.';
  static override examples = [
    'azdock locations',
    'azdock locations --zones --filter geography=Germany',
    "azdock locations --json | jq -r '.[] | select(.recommended).name'",
  ];
  static override enableJsonFlag = true;
  static override flags = {
    zones: yes({ summary: 'Only regions with availability zones' }),
    recommended: yes({ summary: 'Only regions that Azure recommends' }),
    filter: repeated({
      summary: 'name= (regular expression), geography= or group= (Europe, US, Asia Pacific); may be repeated',
      helpValue: 'KEY=VALUE',
    }),
    ...subscriptionFlags,
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(Locations);
    const passes = parseRowFilter<Region>(flags.filter, {
      geography: ({ geography }) => (geography === undefined ? [] : [geography]),
      group: ({ geographyGroup }) => (geographyGroup === undefined ? [] : [geographyGroup]),
    });
    const { findRegions } = await import('../machine/catalogue.ts');
    const all = await findRegions(catalogueValues(flags), this.context);
    const regions = all.filter(
      (region) =>
        (!flags.zones || region.zones.length > 0) && (!flags.recommended || region.isRecommended) && passes(region),
    );
    await (this.context.json ? this.printJson(regionDocument(regions)) : this.print(regionTable(regions)));
  }
}
