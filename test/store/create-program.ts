// Run by store.test.ts in several processes at once.
import { openStore } from '../../src/store/store.ts';
import { systemClock } from '../../src/wait/wait-until.ts';
import { recordOf, sidecar } from './store-fixture.ts';

const [, , root = '', id = ''] = process.argv;
const said = await openStore(root, systemClock)
  .create('dev', recordOf(root, 'dev'), { ...sidecar, id })
  .then(
    () => `made ${id}`,
    (error: unknown) => (error instanceof Error ? error.name : String(error)),
  );
process.send?.(said, () => process.disconnect());
