import assert from 'node:assert/strict';
import { AzdockError } from '../../src/errors/azdock-error.ts';

/** All that moves a cursor, colours, talks to a terminal or turns the reading direction; a line feed and a tab may stand. */
const STEERING = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/;

/** @throws AssertionError when a text could do anything to a terminal but fill it */
export function assertTame(text: string, where: string): void {
  const found = STEERING.exec(text);
  if (found === null) return;
  const around = text.slice(Math.max(0, found.index - 60), found.index + 60);
  assert.fail(`${where} steers the terminal: ${JSON.stringify(around)}`);
}

/** What `work` gives, or undefined when it ends with one of azdock's errors. @throws what else it throws: a bug */
export async function orRefusal<T>(work: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AzdockError) return undefined;
    throw error;
  }
}

/** @throws AssertionError when `work` takes longer: far more than it needs, for what would take for ever */
export async function inTime<T>(mostMs: number, work: () => T | Promise<T>): Promise<T> {
  const startMs = performance.now();
  const result = await work();
  const tookMs = performance.now() - startMs;
  assert.ok(tookMs < mostMs, `took ${Math.round(tookMs)} ms`);
  return result;
}
