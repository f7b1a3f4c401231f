import { createHash } from 'node:crypto';
import { isProcess, ownHost } from './process-identity.ts';

/** Longest part of a file's name, in characters, that its temporary name repeats: file systems take 255 bytes in all. */
const MOST_CHARACTERS = 40;
const TEMPORARY = /^\.(.+)~(\d+)-([0-9a-f]{8})-[0-9a-z]+$/s;

/** A name that no other process and no other call uses, for what will replace, or has been, the file of that name beside it. */
export function temporaryName(base: string): string {
  return `.${temporaryBase(base)}~${uniqueMark()}`;
}

/** What a temporary name tells of its file: its name, unless that is long. */
export function temporaryBase(base: string): string {
  return base.length <= MOST_CHARACTERS ? base : `${base.slice(0, MOST_CHARACTERS)}+${digest(base)}`;
}

/** Names this process, and this call of all that it makes: letters, digits and hyphens. */
export function uniqueMark(): string {
  return `${process.pid}-${digest(ownHost())}-${Math.random().toString(36).slice(2)}`;
}

/** A temporary name taken apart. */
export interface TemporaryName {
  /** As {@link temporaryBase} has it. */
  readonly base: string;
  /** The process that made it is known to be dead. False also for one on another computer, which cannot be looked at. */
  readonly isLeftBehind: boolean;
}

/** Undefined for a name that is not temporary. */
export function parseTemporaryName(name: string): TemporaryName | undefined {
  const [, base, pid, host] = TEMPORARY.exec(name) ?? [];
  if (base === undefined) return undefined;
  return { base, isLeftBehind: host === digest(ownHost()) && !isProcess(Number(pid)) };
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}
