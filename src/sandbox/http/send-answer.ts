import type { ServerResponse } from 'node:http';
import type { Answer } from './exchange.ts';

/** How much of an answer reaches the client. Anything but `whole` is the work of a fault. */
export type Delivery = 'whole' | 'cut' | 'silent' | 'truncated' | 'garbled';

/** Writes the answer, or what is left of it. */
export function sendAnswer(response: ServerResponse, answer: Answer, delivery: Delivery): void {
  if (delivery === 'silent') return;
  if (delivery === 'cut') {
    response.socket?.destroy();
    return;
  }
  const text = answer.body === undefined ? '' : JSON.stringify(answer.body);
  const bytes = Buffer.from(delivery === 'garbled' ? '<!-- this is no JSON ' : text);
  response.writeHead(answer.status, {
    ...(bytes.length === 0 ? {} : { 'content-type': 'application/json; charset=utf-8' }),
    ...(answer.status === 204 ? {} : { 'content-length': bytes.length }),
    'cache-control': 'no-cache',
    ...answer.headers,
  });
  if (delivery !== 'truncated') {
    response.end(bytes);
    return;
  }
  response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.socket?.destroy());
}
