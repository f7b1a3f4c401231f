import { string as stringArgument } from '@oclif/core/args';
import { option } from '@oclif/core/flags';
import { catalogueValues, regionFlags } from '../cli/azure-flags/catalogue.ts';
import { AzdockCommand } from '../cli/base-command.ts';
import { imageDocument, imageTable } from '../cli/catalogue/image-list.ts';
import { text, yes } from '../cli/flags.ts';

export default class Images extends AzdockCommand {
  static override summary = 'List images of the Azure marketplace that a machine can be made of';
  static override group = 'Azure' as const;
  static override description =
    'Without anything to search for, the images that have a short name, as far as the region publishes them. --azure-image takes either name.';
  static override examples = [
    'azdock images',
    'azdock images flatcar',
    'azdock images --publisher Canonical --offer ubuntu-24_04 --arch arm64',
    'azdock images --publisher Debian --offer debian-12 --sku 12-gen2 --all',
  ];
  static override enableJsonFlag = true;
  static override args = {
    text: stringArgument({
      ignoreStdin: true,
      description: "Part of a publisher's name, or of an offer or SKU of a well-known one",
    }),
  };
  static override flags = {
    publisher: text({ summary: 'Images of that publisher', helpValue: 'NAME' }),
    offer: text({ summary: "Part of the offer's name", helpValue: 'NAME' }),
    sku: text({ summary: "Part of the SKU's name", helpValue: 'NAME' }),
    arch: option({
      options: ['x64', 'arm64'] as const,
      summary: 'Only for that kind of processor',
      helpValue: 'ARCH',
    })(),
    all: yes({ char: 'a', summary: 'Every version, instead of the newest' }),
    ...regionFlags,
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Images);
    const { publisher, offer, sku, arch, all } = flags;
    const question = {
      text: args.text,
      publisher,
      offer,
      sku,
      architecture: arch === undefined ? undefined : arch === 'arm64' ? ('Arm64' as const) : ('x64' as const),
      allVersions: all,
    };
    const { findImages } = await import('../machine/catalogue.ts');
    const images = await findImages(catalogueValues(flags), question, this.context);
    if (images.length === 0) this.context.progress.info('No image is called so.');
    else if (images.every(({ details }) => details === undefined))
      this.context.progress.info(
        `${images.length} images: narrow the search with --offer or --sku to see what each of them is.`,
      );
    await (this.context.json ? this.printJson(imageDocument(images, all)) : this.print(imageTable(images, all)));
  }
}
