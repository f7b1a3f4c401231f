import type { Readable } from 'node:stream';
import { ConnectionEnd } from './connection-failure.ts';

/** Answers to what azdock asks have some kilobytes; whoever sends more than this is no engine, in bytes. */
export const MOST_ANSWER_BYTES = 1024 * 1024;

/** The body of an answer as text. @throws ConnectionEnd when it goes on and on */
export async function readBody(response: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MOST_ANSWER_BYTES) throw endless();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Why an answer was not read to its end. */
export function endless(): ConnectionEnd {
  return new ConnectionEnd('not-docker', 'the answer has no end');
}
