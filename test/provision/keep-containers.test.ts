import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, type TestContext, test } from 'node:test';
import { afterExtensionScript, beforeExtensionScript } from '../../src/provision/change-scripts.ts';
import type { HostChange } from '../../src/provision/script/change.ts';
import { engineScript } from '../../src/provision/script/engine-script.ts';
import { keepContainersPart } from '../../src/provision/script/keep-containers.ts';
import { purgeScript } from '../../src/provision/script/purge.ts';
import { needs } from '../skip.ts';
import { HOSTILE, provisioning } from './example.ts';

/** Takes up live-restore as dockerd does: on SIGHUP, and only where the file speaks of it. Its arguments are an engine's. */
const ENGINE = `
  const { readFileSync, writeFileSync } = require('node:fs');
  const [config, state] = process.argv.slice(1).map((word) => word.replace(/^--[a-z-]+=/, ''));
  process.on('SIGHUP', () => {
    const options = JSON.parse(readFileSync(config, 'utf8'));
    if ('live-restore' in options) writeFileSync(state, String(options['live-restore']));
    writeFileSync(state + '.log', JSON.stringify(options) + '\\n', { flag: 'a' });
  });
  setInterval(() => {}, 1000);
  console.log('up');
`;

/** An engine that reads its configuration, and the two functions around its restart. */
class Host {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async create(t: TestContext, config: string | undefined, enabled = false): Promise<Host> {
    const folder = mkdtempSync(join(tmpdir(), 'azdock-keep-'));
    for (const name of ['bin', 'state', 'work']) mkdirSync(join(folder, name));
    if (config !== undefined) writeFileSync(join(folder, 'daemon.json'), config, { mode: 0o640 });
    writeFileSync(join(folder, 'enabled'), String(enabled));
    const engine = spawn(process.execPath, [
      '-e',
      ENGINE,
      '--',
      `--config-file=${join(folder, 'daemon.json')}`,
      `--state=${join(folder, 'enabled')}`,
    ]);
    t.after(() => {
      engine.kill();
      rmSync(folder, { recursive: true, force: true });
    });
    await once(engine.stdout, 'data');
    const systemctl = `case "$1" in show) echo MainPID=${engine.pid} ;; is-active) [ ! -e ${folder}/down ] ;; esac`;
    const docker = `case "$*" in *Swarm*) cat ${folder}/swarm 2>/dev/null ;; *) cat ${folder}/enabled ;; esac`;
    for (const [name, script] of Object.entries({ systemctl, docker }))
      writeFileSync(join(folder, 'bin', name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    return new Host(folder);
  }

  /** Runs one of the functions. @returns what it said, and its exit code */
  run(name: string, options: readonly string[] = []): { said: string; code: number | null } {
    const frame = `set -eu\nstate_dir=${this.folder}/state\nwork=${this.folder}/work\nPATH=${this.folder}/bin:$PATH
      say() { echo "$*"; }\nfail() { echo "failed: $*"; exit 1; }\nrun() { "$@" >/dev/null 2>&1; }`;
    const script = [frame, keepContainersPart(options), name].join('\n');
    const { stdout, status } = spawnSync('sh', ['-s'], { input: script, encoding: 'utf8' });
    return { said: stdout, code: status };
  }

  write(name: string, text: string): void {
    writeFileSync(join(this.folder, name), text);
  }

  get config(): string | undefined {
    const path = join(this.folder, 'daemon.json');
    return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  }

  /** What the engine has, live. */
  get enabled(): boolean {
    return readFileSync(join(this.folder, 'enabled'), 'utf8') === 'true';
  }

  get isHeld(): boolean {
    return existsSync(join(this.folder, 'state', 'live-restore'));
  }
}

suite('live-restore for the time of a restart', needs('sh', 'awk'), () => {
  const CONFIGS: Readonly<Record<string, string | undefined>> = {
    'no file': undefined,
    'an empty file': '',
    'an empty object': ' { }\n',
    'other options': '{\n  "shutdown-timeout": 7,\n  "log-opts": { "max-size": "1m" }\n}\n',
    'live-restore off': '{"debug": false, "live-restore" : false}',
  };

  for (const [title, config] of Object.entries(CONFIGS)) {
    test(`is switched on beside ${title}, and put back as it was`, async (t) => {
      const host = await Host.create(t, config);
      assert.equal(host.run('hold_containers').code, 0);
      assert.equal(host.enabled, true);
      const during = JSON.parse(host.config ?? '');
      assert.equal(during['live-restore'], true, 'the engine reads it when it comes back');
      if (title === 'other options') assert.deepEqual(during['log-opts'], { 'max-size': '1m' });
      assert.equal(host.run('release_containers').code, 0);
      assert.equal(host.enabled, false);
      assert.equal(host.config, config);
      assert.equal(host.isHeld, false);
    });
  }

  test('touches nothing where the file has it on', async (t) => {
    const config = '{"live-restore": true}';
    const host = await Host.create(t, config, true);
    host.run('hold_containers');
    assert.deepEqual([host.config, host.isHeld], [config, false]);
    host.run('release_containers');
    assert.deepEqual([host.config, host.enabled], [config, true]);
  });

  test('never stands in the file when the new arguments have it: the engine would not start', async (t) => {
    const host = await Host.create(t, '{}');
    host.run('hold_containers', ['debug', 'live-restore']);
    assert.deepEqual([host.enabled, host.config, host.isHeld], [true, '{}', true]);
  });

  test('stands in the file when the old arguments had it and the new ones do not', async (t) => {
    const host = await Host.create(t, undefined, true);
    host.run('hold_containers');
    assert.equal(JSON.parse(host.config ?? '')['live-restore'], true);
    host.run('release_containers');
    assert.deepEqual([host.enabled, host.config], [false, undefined]);
  });

  test('stays on where the engine does not come back, until a later run finds it up', async (t) => {
    const host = await Host.create(t, '{}');
    host.run('hold_containers');
    host.write('down', '');
    host.run('release_containers');
    assert.equal(host.isHeld, true);
    host.run('hold_containers');
    assert.equal(JSON.parse(host.config ?? '')['live-restore'], true);
    rmSync(join(host.folder, 'down'));
    host.run('release_containers');
    assert.deepEqual([host.enabled, host.config, host.isHeld], [false, '{}', false]);
  });

  test('has nothing to do for an engine that does not run', async (t) => {
    const host = await Host.create(t, '{}');
    host.write('down', '');
    assert.deepEqual(host.run('hold_containers'), { said: '', code: 0 });
    assert.deepEqual([host.config, host.isHeld], ['{}', false]);
  });

  test('is refused on a node of a swarm, before anything is changed', async (t) => {
    const host = await Host.create(t, '{}');
    host.write('swarm', 'active\n');
    const { said, code } = host.run('hold_containers');
    assert.equal(code, 1);
    assert.match(said, /a node of a swarm cannot keep its containers/);
    assert.deepEqual([host.config, host.enabled], ['{}', false]);
  });
});

suite('the scripts of a change', () => {
  const options = HOSTILE.map((text, n) => `label=x${n}=${text}`);
  const change: HostChange = {
    keepContainers: true,
    removals: [
      { project: 'compose', keep: ['web', "it's"] },
      { project: 'old', keep: [] },
    ],
    logout: { server: 'registry.test' },
  };

  for (const shell of ['dash', 'bash']) {
    test(`hold no mistake that ${shell} finds`, needs(shell), async () => {
      const wanted = provisioning({ options });
      const scripts = [
        await engineScript(wanted, 'ssh', change),
        beforeExtensionScript(wanted, change),
        afterExtensionScript(wanted),
        purgeScript(change),
      ];
      for (const script of scripts) {
        const { status, stderr } = spawnSync(shell, ['-n'], { input: script.reveal(), encoding: 'utf8' });
        assert.deepEqual({ status, stderr }, { status: 0, stderr: '' });
      }
    });
  }

  test('look at the options and keep the containers before the engine is configured', async () => {
    const script = (await engineScript(provisioning(), 'ssh', change)).reveal();
    const main = script.slice(script.lastIndexOf('main() {')).split('\n');
    const order = ['check_options', 'hold_containers', 'configure_engine', 'start_engine', 'release_containers'];
    const found = main.map((line) => line.trim()).filter((line) => order.includes(line));
    assert.deepEqual(found, order);
  });
});
