import { parseArgs } from 'node:util';
import { figures, samples } from './figures.ts';
import { runStress, type Stress } from './stress.ts';

// Many azdocks on one store: `npm run stress -- --seconds 300 --processes 16`. Ends with 1 when anything was lost, left or stuck.

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '300' },
    processes: { type: 'string', default: '16' },
    machines: { type: 'string', default: '10' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    /** Percent of the runs that are killed. */
    kill: { type: 'string', default: '0' },
  },
});
const stress: Stress = {
  seconds: Number(values.seconds),
  processes: Number(values.processes),
  machines: Number(values.machines),
  seed: Number(values.seed),
  kills: Number(values.kill) / 100,
};
console.log(
  `${stress.processes} processes, ${stress.machines} machines, ${stress.seconds} s, ${values.kill} % killed, seed ${stress.seed}\n`,
);
const { deeds, faults, atTheEnd } = await runStress(stress);
console.log(`${figures(deeds)}\n\nOne failure of each kind:\n${samples(deeds)}\n`);
console.log(`${atTheEnd} machines were there at the end, and are removed.`);
for (const fault of faults) console.log(`FAULT: ${fault}`);
console.log(faults.length === 0 ? 'No record lost, nothing left, nobody stuck.' : `${faults.length} faults.`);
if (faults.length > 0) process.exitCode = 1;
