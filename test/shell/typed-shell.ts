import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('../../bin/run.js', import.meta.url));

/** An interactive shell on a terminal of its own, started without the settings of this computer's user. */
export interface TypedShell {
  readonly program: 'bash' | 'zsh' | 'fish';
  /** Lines that it runs before the prompt. */
  readonly settings: string;
}

/** A folder with a program directory, a home, and a store with machines. */
export class ShellWorld {
  readonly folder: string;
  readonly name: string;
  readonly home: string;
  readonly env: Readonly<Record<string, string>>;

  /** @param name of the folder in which the program lies: it may be an odd one */
  constructor(folder: string, name = 'bin') {
    this.folder = folder;
    this.name = name;
    this.home = join(folder, 'home');
    for (const directory of [join(folder, name), join(folder, 'bin'), this.home])
      mkdirSync(directory, { recursive: true });
    symlinkSync(PROGRAM, this.program('azdock'));
    this.env = {
      // Whatever `node` is on PATH starts the program.
      PATH: [join(folder, 'bin'), dirname(process.execPath), process.env['PATH']].join(delimiter),
      HOME: this.home,
      MACHINE_STORAGE_PATH: join(folder, 'store'),
      LANG: 'C.UTF-8',
      TERM: 'xterm',
    };
  }

  program(name: string): string {
    return join(this.folder, this.name, name);
  }

  /** Puts what completion reads of a machine into the store. */
  addMachine(name: string, phase = 'ready'): void {
    const directory = join(this.folder, 'store', 'machines', name);
    mkdirSync(directory, { recursive: true });
    const sidecar = { version: 1, id: 'x', phase, createdAt: '2026-01-01T00:00:00Z', journal: [] };
    writeFileSync(join(directory, 'azdock.json'), JSON.stringify(sidecar));
  }

  /** Puts a program on PATH that writes down the words it is given, for {@link seen}. */
  addRecorder(name: string): void {
    const file = join(this.folder, 'bin', name);
    writeFileSync(file, '#!/bin/sh\n(printf "%s\\037" "$@"; printf "\\036") >> "$HOME/seen"\n', { mode: 0o755 });
  }

  /** The words of each call of a recorder. */
  seen(): string[][] {
    const calls = readFileSync(join(this.home, 'seen'), 'utf8').split('\x1e').slice(0, -1);
    return calls.map((call) => call.split('\x1f').slice(0, -1));
  }

  /**
   * Types keys at the shell's prompt and gives everything that the terminal showed.
   * @param keys what is typed, a line at a time; `\t` asks for completion
   */
  async type({ program, settings }: TypedShell, keys: readonly string[]): Promise<string> {
    const command = this.#command(program, settings);
    const child = spawn('script', ['-qec', command, '/dev/null'], {
      env: this.env,
      cwd: this.home,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    let shown = '';
    let prompts = 0;
    const waiting = [...keys, 'exit\r'];
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      shown += text;
      // A prompt of ours for each line, and no earlier: shells throw away what is typed while they start.
      const seen = shown.split('READY>').length - 1;
      if (seen <= prompts) return;
      prompts = seen;
      const next = waiting.shift();
      if (next !== undefined) child.stdin.write(next);
    });
    await new Promise((resolve) => child.once('close', resolve));
    return shown;
  }

  #command(program: TypedShell['program'], settings: string): string {
    if (program === 'bash') {
      const file = join(this.home, '.rc');
      writeFileSync(file, `${settings}\nPS1='READY>'\nbind 'set enable-bracketed-paste off'\n`);
      return `bash --noprofile --rcfile ${file} -i`;
    }
    if (program === 'zsh') {
      writeFileSync(join(this.home, '.zshrc'), `${settings}\nPROMPT='READY>'\n`);
      return 'zsh -d -i';
    }
    const folder = join(this.home, '.config', 'fish');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'config.fish'), `${settings}\nfunction fish_prompt; printf 'READY>'; end\n`);
    return 'fish -i';
  }
}
