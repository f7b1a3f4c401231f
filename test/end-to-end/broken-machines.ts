import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A machine whose files are not as they should be. */
export interface BrokenMachine {
  readonly name: string;
  /** What the error says, beside the path below. */
  readonly why: RegExp;
  /** The file that the error names, below the machine's directory. */
  readonly file: string;
  /** Turns a good machine's directory into this one. `elsewhere` is a directory out of the store. */
  readonly spoil: (directory: string, elsewhere: string) => void;
}

const record = (text: string | Buffer) => (directory: string) => writeFileSync(join(directory, 'config.json'), text);
const replaced = (file: string, make: (path: string) => void) => (directory: string) => {
  const path = join(directory, file);
  rmSync(path, { recursive: true, force: true });
  make(path);
};
const pipe = (path: string) => execFileSync('mkfifo', [path]);

/** What can be in a machine's place after years, crashes, copies and other people. */
export const brokenMachines: readonly BrokenMachine[] = [
  { name: 'empty-file', file: 'config.json', why: /is not JSON: Unexpected end/, spoil: record('') },
  { name: 'zeros', file: 'config.json', why: /is not JSON/, spoil: record(Buffer.alloc(2000)) },
  { name: 'binary', file: 'config.json', why: /is not JSON/, spoil: record(Buffer.from('7f454c4602010100ff', 'hex')) },
  ...[1, 100, 700, 1500].map((length) => ({
    name: `cut-at-${length}`,
    file: 'config.json',
    why: /is not JSON/,
    spoil: (directory: string) => truncateSync(join(directory, 'config.json'), length),
  })),
  {
    name: 'huge',
    file: 'config.json',
    why: /it has 100 MB/,
    // Sparse: takes no room.
    spoil: (directory) => truncateSync(join(directory, 'config.json'), 100_000_000),
  },
  {
    name: 'deep',
    file: 'config.json',
    why: /levels of JSON/,
    spoil: record(`{"ConfigVersion": 3, "X": ${'['.repeat(9000)}1.0${']'.repeat(9000)}}`),
  },
  {
    name: 'future',
    file: 'config.json',
    why: /newer version.* has ConfigVersion 4/,
    spoil: record('{"ConfigVersion": 4}'),
  },
  { name: 'no-record', file: 'config.json', why: /is missing/, spoil: replaced('config.json', () => {}) },
  { name: 'pipe', file: 'config.json', why: /it is a pipe/, spoil: replaced('config.json', pipe) },
  { name: 'directory', file: 'config.json', why: /it is a directory/, spoil: replaced('config.json', mkdirSync) },
  {
    name: 'device',
    file: 'config.json',
    why: /a device/,
    spoil: replaced('config.json', (path) => symlinkSync('/dev/zero', path)),
  },
  {
    name: 'passwords',
    file: 'config.json',
    why: /is not JSON: [^:]*\.$/,
    spoil: replaced('config.json', (path) => symlinkSync('/etc/passwd', path)),
  },
  {
    name: 'circle',
    file: 'config.json',
    why: /go round in circles/,
    spoil: replaced('config.json', (path) => symlinkSync(path, path)),
  },
  { name: 'sidecar-cut', file: 'azdock.json', why: /cannot be used/, spoil: replaced('azdock.json', cut) },
  { name: 'sidecar-pipe', file: 'azdock.json', why: /it is a pipe/, spoil: replaced('azdock.json', pipe) },
  {
    name: 'sidecar-future',
    file: 'azdock.json',
    why: /newer azdock: it has version 2/,
    spoil: replaced('azdock.json', (path) => writeFileSync(path, '{"version": 2}')),
  },
  {
    name: 'a-file',
    file: '',
    why: /a part of its path is a file/,
    spoil: replaced('', (path) => writeFileSync(path, '')),
  },
];

function cut(path: string): void {
  writeFileSync(path, '{"version": 1, "id": "');
}

/** Puts them beside a good machine, as copies of it. */
export function addBroken(machines: string, good: string, elsewhere: string): void {
  for (const { name, spoil } of brokenMachines) {
    const directory = join(machines, name);
    cpSync(join(machines, good), directory, { recursive: true });
    spoil(directory, elsewhere);
  }
}
