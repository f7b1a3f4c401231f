import { type CloudCall, changes } from './cloud-calls.ts';
import type { Moment } from './kill-moments.ts';
import type { JournalEntry } from './world-sandbox.ts';

/** A request of a command, and when the command is killed there. */
export interface Point {
  readonly call: CloudCall;
  readonly moment: Moment;
}

/** Of so many requests that change nothing, one is met a day. */
const LOOKS_FOR_ONE = 5;
const MOMENTS: readonly Moment[] = ['before', 'on its way', 'after'];

/**
 * Where a command is killed: before each of its requests, and at all moments of those that change something. By default at some of these
 * points, every day at others; at all of them with AZDOCK_TEST_ALL.
 */
export function pointsOf(calls: readonly CloudCall[]): Point[] {
  const { isWhole, today } = choice();
  const looks = calls.filter((call) => !changes(call));
  return [
    ...looks
      .filter((_, index) => isWhole || (index + today) % LOOKS_FOR_ONE === 0)
      .map((call): Point => ({ call, moment: 'before' })),
    ...calls.filter(changes).flatMap((call, index) =>
      MOMENTS.filter((_, at) => isWhole || at === (index + today) % MOMENTS.length).map((moment) => ({
        call,
        moment,
      })),
    ),
  ];
}

/** Every other one of a call's moments, every day the others; all of them with AZDOCK_TEST_ALL. @param index of the call among others */
export function momentsOfToday(all: readonly Moment[], index: number): readonly Moment[] {
  const { isWhole, today } = choice();
  return all.filter((_, at) => isWhole || (at + index + today) % 2 === 0);
}

/** @returns days since 1970, and whether all that there is has been asked for */
function choice(): { readonly isWhole: boolean; readonly today: number } {
  return {
    isWhole: process.env['AZDOCK_TEST_ALL'] !== undefined,
    today: Math.floor(Date.now() / 86_400_000),
  };
}

/** The different requests that were made, polls of an operation as one. They are named as they are: nobody else makes any meanwhile. */
export function callsOf(entries: readonly JournalEntry[]): CloudCall[] {
  const calls = new Map<string, CloudCall>();
  for (const { method, path, operation } of entries) {
    const below = path
      .replace(/^\/subscriptions\/[^/]+/, '')
      .replace(/\/(operations|operationresults)\/[^/]+$/i, '/$1/[^/]+');
    const startsOperation = operation !== null || calls.get(`${method} ${below}`)?.startsOperation === true;
    calls.set(`${method} ${below}`, { method, path: below, startsOperation });
  }
  return [...calls.values()];
}
