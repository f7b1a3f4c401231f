import type { Surroundings } from '../lane.ts';

/** Id of the machine that a colleague has. */
export const COLLEAGUE = 'kept';

/** A machine of a colleague's, in a group of its own, which no store here has a record of. */
export const colleague: Surroundings = {
  name: 'colleague',
  async make(_azure, lane) {
    const machine = lane.machine({ resourceGroup: COLLEAGUE }, { name: COLLEAGUE });
    await machine.create();
  },
};
