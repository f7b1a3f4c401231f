import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { ArmProblem } from '../arm/problem.ts';
import type { SandboxClock } from '../clock.ts';
import type { Call } from './exchange.ts';
import { isTooDeep } from './json-depth.ts';

/** ARM refuses larger request bodies: 4 MB, https://learn.microsoft.com/azure/azure-resource-manager/management/request-limits-and-throttling */
const maximumBodyBytes = 4 * 1024 * 1024;

/** Reads a request to its end. A body that cannot be parsed is left to {@link parsedBody}. */
export async function readCall(request: IncomingMessage, clock: SandboxClock): Promise<Call> {
  const target = request.url ?? '/';
  const url = new URL(target, 'https://sandbox');
  const rawBody = await readAll(request);
  const correlation = request.headers['x-ms-correlation-request-id'];
  return {
    method: request.method ?? 'GET',
    target,
    path: url.pathname,
    query: url.searchParams,
    headers: request.headers,
    rawBody,
    body: parseBody(rawBody, request.headers['content-type'] ?? ''),
    requestId: randomUUID(),
    correlationId: typeof correlation === 'string' ? correlation : randomUUID(),
    receivedMs: clock.nowMs(),
  };
}

/** Marks a body that claims to be JSON and is not, or is nested too deep. */
export const unreadable = Symbol('unreadable');

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > maximumBodyBytes)
      throw new ArmProblem(413, 'RequestContentTooLarge', 'The request content size exceeds the maximum of 4 MB.');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

function parseBody(raw: Buffer, contentType: string): unknown {
  if (raw.length === 0) return undefined;
  if (contentType.includes('application/x-www-form-urlencoded'))
    return Object.fromEntries(new URLSearchParams(raw.toString('utf8')));
  if (isTooDeep(raw)) return unreadable;
  try {
    return JSON.parse(raw.toString('utf8'));
  } catch {
    return unreadable;
  }
}
