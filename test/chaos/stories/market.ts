import assert from 'node:assert/strict';
import { azureMachine, type AzureMachine } from '../../../src/drivers/azure/azure-machine.ts';
import { Batch } from '../../../src/drivers/azure/batch.ts';
import { listImages } from '../../../src/drivers/azure/catalogue/images.ts';
import { listLocations } from '../../../src/drivers/azure/catalogue/locations.ts';
import { listOffers } from '../../../src/drivers/azure/catalogue/offers.ts';
import { findImage } from '../../../src/drivers/azure/image.ts';
import { type AzureOptionValues, azureOptions } from '../../../src/drivers/azure/resolve-options.ts';
import { openSession } from '../../../src/drivers/azure/session.ts';
import { acceptTerms, checkTerms } from '../../../src/drivers/azure/terms.ts';
import type { LaneMachine } from '../lane.ts';
import { nothing, type Story, signal } from '../story.ts';
import { publicGallery, sharedGallery, team, teamPath } from '../surroundings/team.ts';

/** The machine as modules of the driver take it, with a login of its own. @param values its options in place of those it has */
export async function openMachine(machine: LaneMachine, values?: AzureOptionValues): Promise<AzureMachine> {
  const { world: dependencies } = machine;
  const options = values === undefined ? machine.options : azureOptions({ environment: 'sandbox', ...values }).options;
  const session = await openSession('dev', options, dependencies);
  return azureMachine({
    name: 'dev',
    id: 'id-of-dev',
    storeId: undefined,
    options,
    session,
    dependencies,
    batch: new Batch(),
  });
}

const sold = { image: 'resf:rockylinux-x86_64:9-base:latest' };

/** What can be had, and what it takes to have it. */
export const marketStories: readonly Story[] = [
  {
    name: 'catalogue',
    isLook: true,
    prepare: nothing,
    async act(machine) {
      const { session, options } = await openMachine(machine);
      const source = { session, name: 'dev', options };
      await listLocations(source, signal);
      await listOffers(source, { zone: undefined, spot: false }, signal);
      const question = { text: undefined, allVersions: false, architecture: undefined };
      const found = await listImages(
        source,
        { ...question, publisher: 'Debian', offer: 'debian-12', sku: 'gen2' },
        signal,
      );
      assert.ok(found.some(({ details }) => details !== undefined));
    },
  },
  {
    name: 'images',
    isLook: true,
    surroundings: [team],
    about: /\/(galleries|communityGalleries|sharedGalleries|images)\//i,
    prepare: nothing,
    async act(machine) {
      const at = teamPath(machine.lane.sandbox.subscriptionId);
      const community = `/CommunityGalleries/${publicGallery(machine.lane)}/Images/docker`;
      const shared = `/SharedGalleries/${sharedGallery(machine.lane)}/Images/docker`;
      const own = `${at}/galleries/team/images/docker`;
      for (const image of [`${at}/images/golden`, own, `${own}/versions/1.0.0`])
        await findImage(await openMachine(machine, { image }), signal);
      for (const image of [community, shared])
        for (const version of ['latest', '1.0.0'])
          await findImage(await openMachine(machine, { image: `${image}/Versions/${version}` }), signal);
    },
  },
  {
    name: 'terms',
    like: 'create',
    about: /\/Microsoft\.MarketplaceOrdering/,
    async prepare({ lane }) {
      lane.sandbox.server.world.state.acceptedTerms.clear();
    },
    async act(machine) {
      const accepting = await openMachine(machine, { ...sold, acceptTerms: true });
      const image = await findImage(accepting, signal);
      await checkTerms(accepting, image);
      await acceptTerms(accepting, image, { title() {}, detail() {} }, signal);
    },
  },
  {
    name: 'register',
    like: 'check',
    about: /\/providers\/Microsoft\.\w+(\/register)?$/,
    async prepare({ lane }) {
      for (const namespace of ['Microsoft.Compute', 'Microsoft.Network'])
        lane.sandbox.server.world.state.unregistered.add(namespace);
    },
    act: ({ driver }) => driver.check(),
    async remove({ lane, remove }) {
      lane.sandbox.server.world.state.unregistered.clear();
      await remove();
    },
  },
];
