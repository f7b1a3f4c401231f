import assert from 'node:assert/strict';
import { type Json, type RawAnswer, rawRequest, type SandboxAddress } from './raw-https.ts';
import type { TestSandbox } from './start.ts';

/** What a sandbox has to tell for its control API. */
export type SandboxControl = SandboxAddress & Pick<TestSandbox, 'controlToken'>;

/** A request to the control API, with its token. */
export function control(sandbox: SandboxControl, method: string, path: string, body?: unknown): Promise<RawAnswer> {
  return rawRequest(sandbox, method, `/_sandbox/${path}`, {
    token: sandbox.controlToken,
    ...(body === undefined ? {} : { body }),
  });
}

/** Arms a fault and gives its id. */
export async function arm(sandbox: SandboxControl, fault: Json): Promise<string> {
  const { status, body, text } = await control(sandbox, 'POST', 'faults', fault);
  assert.equal(status, 201, text);
  return body.id;
}

/** Resolves when an armed `hold` keeps a request waiting. */
export async function waiting(sandbox: SandboxControl, id: string): Promise<void> {
  for (;;) {
    const { body } = await control(sandbox, 'GET', 'faults');
    if (body.some((fault: Json) => fault.id === id && fault.waiting > 0)) return;
  }
}
