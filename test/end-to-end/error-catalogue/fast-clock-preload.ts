// Loaded with `--import` into the azdock of a test: deadlines and pauses pass in a fortieth of their time.
import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers/promises';

const FACTOR = 40;

const { now } = performance;
const sleep = timers.setTimeout;
performance.now = () => now.call(performance) * FACTOR;
timers.setTimeout = (ms, value, options) => sleep((ms ?? 0) / FACTOR, value, options);
syncBuiltinESMExports();
