import assert from 'node:assert/strict';
import { type Json, type RawAnswer, rawRequest } from './raw-https.ts';
import type { TestSandbox } from './start.ts';

/** A request to the control API, with its token. */
export function control(sandbox: TestSandbox, method: string, path: string, body?: unknown): Promise<RawAnswer> {
  return rawRequest(sandbox, method, `/_sandbox/${path}`, {
    token: sandbox.controlToken,
    ...(body === undefined ? {} : { body }),
  });
}

/** Arms a fault and gives its id. */
export async function arm(sandbox: TestSandbox, fault: Json): Promise<string> {
  const { status, body, text } = await control(sandbox, 'POST', 'faults', fault);
  assert.equal(status, 201, text);
  return body.id;
}

/** Resolves when an armed `hold` keeps a request waiting. */
export async function waiting(sandbox: TestSandbox, id: string): Promise<void> {
  for (;;) {
    const { body } = await control(sandbox, 'GET', 'faults');
    if (body.some((fault: Json) => fault.id === id && fault.waiting > 0)) return;
  }
}
