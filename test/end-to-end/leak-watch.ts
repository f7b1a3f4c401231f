import { lstat, readFile } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import { keyLines, shapesOf } from './secret-shapes.ts';
import { searchFor } from './search-many.ts';
import { filesBelow } from './tree.ts';

/** Files whose whole purpose is to hold a private key. */
export const KEY_FILES: readonly string[] = ['ca-key.pem', 'key.pem', 'server-key.pem', 'id_rsa'];
/** What the sandbox keeps of its own secrets, and its guests’ disks; also where a test stands between it and azdock. */
export const OF_THE_SANDBOX =
  /^(sandbox|relay)\/(sandbox\.json|identity\.json|server-key\.pem|ca-key\.pem|guests\/.*)$/;

/** Code, as V8 compiled it. */
const COMPILED = /^home\/\.cache\/azdock\/compiled\//;

/** Flags with a file that is secret, and with one that has a key in it or will have, as the user wishes. */
const SECRET_FILES = ['--registry-password-file', '--extension-protected-settings'];
const KEY_HOLDERS = ['--parameters', '--generic-ssh-key', '--ssh-key', '--tls-client-key', '--tls-ca-key'];
/** Variables that azdock takes a secret from. */
const SECRET_VARIABLES = [
  'AZURE_CLIENT_SECRET',
  'AZDOCK_REGISTRY_PASSWORD',
  'AZDOCK_AZURE_PASSWORD',
  'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
];
/** Verbs whose output is that of a program on the host, which may say what it likes. */
const OF_OTHERS = ['ssh', 'exec', 'scp', 'mount'];
/** Shorter ones are words that stand anywhere. */
const SHORTEST = 8;
/** Nothing that azdock writes is larger; archives of images are. */
const LARGEST_FILE = 16 * 2 ** 20;
/** Three parts of base64url, the first a JSON object: an access token. Nobody knows them beforehand. */
const TOKEN = /\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,}/;

interface Run {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly input: string;
  readonly cwd: string;
  readonly output: string;
}

/**
 * Knows every secret that azdock held in the runs of one test, and looks for them, in any shape, in everything that they printed and
 * left behind.
 */
export class LeakWatch {
  readonly #directory: string;
  readonly #store: string;
  readonly #secrets = new Map<string, string>();
  readonly #keysRead = new Map<string, number>();
  readonly #printed: { readonly title: string; readonly text: string }[] = [];
  /** Files of the user's, absolute, which hold a secret because he has put it there. */
  readonly #ofTheUser = new Set<string>();

  constructor(directory: string, store: string) {
    this.#directory = directory;
    this.#store = store;
  }

  /** A run of azdock has ended. */
  async ran(run: Run): Promise<void> {
    const { args, env, input, cwd, output } = run;
    const title = `azdock ${args.join(' ')}`;
    if (!OF_OTHERS.some((verb) => args.includes(verb))) this.#printed.push({ title, text: output });
    const variables = [...SECRET_VARIABLES, ...valuesOf(args, ['--compose-secret-env'])];
    for (const name of variables) this.learn(`variable ${name}`, env[name] ?? '');
    if (args.includes('--registry-password-stdin')) this.learn('standard input', input.trimEnd());
    for (const file of valuesOf(args, SECRET_FILES)) await this.#learnFile(resolve(cwd, file), true);
    for (const file of valuesOf(args, KEY_HOLDERS)) await this.#learnFile(resolve(cwd, file), false);
    await this.#learnKeys();
  }

  learn(name: string, value: string): void {
    if (value.length >= SHORTEST) this.#secrets.set(value, name);
  }

  /** @returns where a secret stands that does not belong there; empty when all is well */
  async findings(): Promise<string[]> {
    await this.#learnKeys();
    await this.#learnSandbox();
    const search = searchFor(this.#shapes());
    const secretsIn = (text: Buffer): string[] => [
      ...search(text),
      ...(text.includes('eyJ') && TOKEN.test(text.toString('latin1')) ? ['a token'] : []),
    ];
    const found = this.#printed.flatMap(({ title, text }) =>
      secretsIn(Buffer.from(text)).map((name) => `${name}, printed by ${title}`),
    );
    for (const file of await filesBelow(this.#directory)) {
      const place = relative(this.#directory, file);
      const looks = await lstat(file).catch(() => undefined);
      // Whoever is still at work may have removed it meanwhile.
      if (looks === undefined) continue;
      const { mode, size } = looks;
      const isKey = KEY_FILES.includes(basename(file));
      if (isKey && file.startsWith(this.#store) && (mode & 0o077) !== 0)
        found.push(`${place} can be read by others (mode ${(mode & 0o777).toString(8)})`);
      if (
        isKey ||
        OF_THE_SANDBOX.test(place) ||
        COMPILED.test(place) ||
        this.#ofTheUser.has(file) ||
        size > LARGEST_FILE
      )
        continue;
      found.push(...secretsIn(await readFile(file).catch(() => Buffer.alloc(0))).map((name) => `${name}, in ${place}`));
    }
    return found;
  }

  /** Number of secrets that are known. */
  get known(): number {
    return this.#secrets.size;
  }

  #shapes(): Map<string, string> {
    const shapes = new Map<string, string>();
    for (const [value, name] of this.#secrets)
      for (const shape of shapesOf(value, { withEnds: false })) shapes.set(Buffer.from(shape).toString('latin1'), name);
    return shapes;
  }

  /** Learns the private keys that there are now: the next run may make others. */
  async #learnKeys(): Promise<void> {
    for (const file of await filesBelow(this.#store).catch(() => [])) {
      if (!KEY_FILES.includes(basename(file))) continue;
      const changedMs = await lstat(file).then(
        ({ mtimeMs }) => mtimeMs,
        () => undefined,
      );
      if (changedMs === undefined || this.#keysRead.get(file) === changedMs) continue;
      this.#keysRead.set(file, changedMs);
      this.#learnLines(relative(this.#store, file), await readFile(file, 'utf8').catch(() => ''));
    }
  }

  async #learnSandbox(): Promise<void> {
    for (const name of ['sandbox.json', 'identity.json', 'server-key.pem']) {
      const text = await readFile(join(this.#directory, 'sandbox', name), 'utf8').catch(() => '');
      for (const key of ['clientSecret', 'controlToken'])
        this.learn(`the sandbox's ${key}`, new RegExp(`"${key}": ?"([^"]+)"`).exec(text)?.[1] ?? '');
      this.#learnLines(`the sandbox's ${name}`, text.replaceAll('\\n', '\n'));
    }
  }

  /** @param isWhole all of it is secret, and not only the keys in it */
  async #learnFile(file: string, isWhole: boolean): Promise<void> {
    this.#ofTheUser.add(file);
    const text = await readFile(file, 'utf8').catch(() => '');
    this.#learnLines(basename(file), text);
    const values = text.startsWith('{') ? secretTexts(text) : [text.trimEnd()];
    if (isWhole) for (const value of values) this.learn(basename(file), value);
  }

  #learnLines(name: string, pem: string): void {
    for (const line of keyLines(name, pem)) this.learn(line.name, line.value);
  }
}

/** The values of some flags, each in the next word or behind an equals sign. */
function valuesOf(args: readonly string[], flags: readonly string[]): string[] {
  return args.flatMap((word, at) => {
    const flag = flags.find((one) => word === one || word.startsWith(`${one}=`));
    if (flag === undefined) return [];
    const value = word === flag ? args[at + 1] : word.slice(flag.length + 1);
    return value === undefined ? [] : [value];
  });
}

/** What is secret in protected settings or in parameters of a template: passwords, environment, keys. */
function secretTexts(json: string): string[] {
  const found: string[] = [];
  try {
    JSON.parse(json, (key, value: unknown) => {
      if (typeof value === 'string' && !['ca', 'cert', 'username', '$schema', 'contentVersion'].includes(key))
        found.push(value);
      return value;
    });
  } catch {
    // Not settings that could be used.
  }
  return found;
}
