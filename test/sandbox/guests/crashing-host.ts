import { openGuestHost } from '../../../src/sandbox/guests/choose.ts';
import { parseSpec } from './parse-spec.ts';

/** A process to be killed: opens guests in a directory, makes one, says so and stays. */
const [, , directory = '', specification = ''] = process.argv;
const host = await openGuestHost('linux', { directory, log: () => {} });
await host.create(parseSpec(specification));
console.log('made');
setInterval(() => {}, 60_000);
