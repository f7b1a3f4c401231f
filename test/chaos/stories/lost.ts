import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findLeftovers } from '../../../src/machine/prune/find-leftovers.ts';
import { notWholly } from '../../../src/machine/prune/not-wholly.ts';
import { removeLeftovers } from '../../../src/machine/prune/remove-leftovers.ts';
import { silentProgress } from '../../../src/steps/progress.ts';
import { openStore } from '../../../src/store/store.ts';
import { testContext } from '../../machine/context-fixture.ts';
import type { LaneMachine } from '../lane.ts';
import { type Story, signal } from '../story.ts';
import { colleague } from '../surroundings/colleague.ts';
import { network, vm } from '../surroundings/vm.ts';
import { openMachine } from './market.ts';

const STORE_ID = 'store-of-the-lost';

/** `azdock prune --yes` in a store without machines. Its own are those that carry its id. */
async function prune(machine: LaneMachine): Promise<void> {
  const storePath = await mkdtemp(join(tmpdir(), 'azdock-chaos-'));
  try {
    const { session, options } = await openMachine(machine);
    const { clock } = machine.world;
    const stores = [storePath];
    const look = { session, options, signal };
    const question = { stores, storeId: STORE_ID, allStores: false, olderThanMs: 0, now: new Date() };
    const report = await findLeftovers(question, look, () => {});
    const tell = (line: string) => void machine.told.push(line);
    const context = testContext(storePath, { clock, progress: { ...silentProgress, info: tell, warn: tell } });
    const store = openStore(storePath, clock);
    const { failures } = await removeLeftovers(report, { look, context, store, stores });
    if (failures.length > 0) throw notWholly(failures);
  } finally {
    await rm(storePath, { recursive: true });
  }
}

/** What belongs to no machine any more. */
export const lostStories: readonly Story[] = [
  {
    name: 'prune',
    isAboutOthers: true,
    surroundings: [network, vm, colleague],
    // What is shared and what is one's own, each kind once: there is a request for each.
    values: () => ({ availabilitySet: 'set' }),
    async prepare({ lane, values }) {
      await lane.machine(values, { storeId: STORE_ID }).create();
    },
    act: prune,
    // Nothing that a first run left is overlooked by a second one.
    async remove(machine) {
      machine.lane.endWhatHangs();
      await prune(machine);
    },
  },
];
