import { readFile } from 'node:fs/promises';
import { request } from 'node:https';
import type { Discovery } from '../discovery.ts';
import { isRecord, parseJson } from '../json.ts';

/** The sandbox did not do what its control API was asked for. */
export class SandboxFailure extends Error {
  override readonly name = 'SandboxFailure';
}

/** How long the control API may be silent, in milliseconds. A reset ends guests, which takes a while. */
const silenceMs = 120_000;

/** One request to the control API. Gives the parsed answer, `undefined` when it has no body. @throws SandboxFailure */
export async function callControl(
  discovery: Discovery,
  method: string,
  path: string,
  body?: unknown,
): Promise<unknown> {
  const ca = await readFile(discovery.caFile, 'utf8');
  const sent = body === undefined ? undefined : JSON.stringify(body);
  const { status, text } = await new Promise<{ status: number; text: string }>((resolve, reject) => {
    const call = request(`${discovery.endpoint}/_sandbox/${path}`, {
      method,
      ca,
      agent: false,
      timeout: silenceMs,
      headers: {
        authorization: `Bearer ${discovery.controlToken}`,
        ...(sent === undefined ? {} : { 'content-type': 'application/json' }),
      },
    });
    call.on('timeout', () => call.destroy(new Error('no answer')));
    call.on('error', reject);
    call.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }),
      );
    });
    call.end(sent);
  }).catch((cause: unknown) => {
    throw new SandboxFailure(`The sandbox at ${discovery.endpoint} does not answer.`, { cause });
  });
  const answer = text === '' ? undefined : parseJson(text);
  if (status >= 400)
    throw new SandboxFailure(messageOf(answer) ?? `The sandbox answered ${status} to ${method} ${path}.`);
  return answer;
}

function messageOf(answer: unknown): string | undefined {
  const error = isRecord(answer) ? answer['error'] : undefined;
  const message = isRecord(error) ? error['message'] : undefined;
  return typeof message === 'string' ? message : undefined;
}
