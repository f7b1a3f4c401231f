import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changeEngine, endsContainers, hasOtherNames } from '../../../src/machine/extension/change-engine.ts';
import type { Unset } from '../../../src/machine/extension/change-request.ts';
import { defaultRecord } from '../../../src/store/default-record.ts';
import type { EngineOptions } from '../../../src/store/record.ts';

const record = (engine: Partial<EngineOptions>, tlsSans: string[] = []) =>
  defaultRecord({ root: '/store', name: 'dev', driverName: 'azure', driver: {}, engine, tlsSans });

const unset = (...texts: string[]): Unset[] =>
  texts.map((text) => {
    const [flag, key] = text.split('=');
    return { flag: flag as Unset['flag'], key };
  });

function changed(before: Partial<EngineOptions>, engine: Partial<EngineOptions>, taken: Unset[] = []): EngineOptions {
  return changeEngine(record(before), { engine, tlsSans: [], unset: taken }).HostOptions.EngineOptions;
}

test('what is given is added, or takes the place of what has the same name', () => {
  const { Labels, ArbitraryFlags, Env, RegistryMirror } = changed(
    {
      Labels: ['a=1', 'b=2'],
      ArbitraryFlags: ['debug', 'dns=1.1.1.1', 'dns=8.8.8.8'],
      RegistryMirror: ['https://one'],
    },
    { Labels: ['a=3'], ArbitraryFlags: ['dns=9.9.9.9', 'live-restore'], RegistryMirror: ['https://two'] },
  );
  assert.deepEqual(Labels, ['b=2', 'a=3']);
  assert.deepEqual(ArbitraryFlags, ['debug', 'dns=9.9.9.9', 'live-restore']);
  assert.deepEqual(RegistryMirror, ['https://one', 'https://two']);
  assert.deepEqual(Env, []);
});

test('what is not named stays, byte for byte', () => {
  const before = record({ Labels: ['a=1'], StorageDriver: 'overlay2' }, ['x.test']);
  assert.deepEqual(changeEngine(before, { engine: {}, tlsSans: [], unset: [] }), before);
});

test('one value is taken back by its name, and all values without', () => {
  const before = { Labels: ['a=1', 'b=2'], Env: ['A=1', 'B=2'], RegistryMirror: ['https://a=b', 'https://c'] };
  const taken = unset('engine-label=a', 'engine-env');
  const { Labels, Env } = changed(before, { Env: ['C=3'] }, taken);
  assert.deepEqual([Labels, Env], [['b=2'], ['C=3']]);
  const mirrors = changed(before, {}, [{ flag: 'engine-registry-mirror', key: 'https://a=b' }]).RegistryMirror;
  assert.deepEqual(mirrors, ['https://c']);
  assert.equal(changed({ StorageDriver: 'vfs' }, {}, unset('engine-storage-driver')).StorageDriver, '');
});

test('names of the certificate are noticed when they change, and only then', () => {
  const before = record({}, ['x.test']);
  const after = (tlsSans: string[], taken: Unset[] = []) => changeEngine(before, { engine: {}, tlsSans, unset: taken });
  assert.equal(hasOtherNames(before, after(['x.test'])), false);
  assert.equal(hasOtherNames(before, after(['y.test'])), true);
  assert.equal(hasOtherNames(before, after([], unset('tls-san=x.test'))), true);
});

test('options under which containers cannot run on are told by name when they change', () => {
  const plain = record({}).HostOptions.EngineOptions;
  const ends = (...ArbitraryFlags: string[]) => endsContainers(plain, { ...plain, ArbitraryFlags });
  assert.deepEqual(ends('debug', 'label=a=b', 'log-driver=journald'), []);
  assert.deepEqual(ends('data-root=/mnt', 'bip=10.9.0.1/24'), ['data-root', 'bip']);
  assert.deepEqual(ends('live-restore=false'), ['live-restore=false']);
  assert.deepEqual(endsContainers(plain, { ...plain, StorageDriver: 'vfs' }), ['storage-driver']);
  const same = { ...plain, ArbitraryFlags: ['data-root=/mnt'] };
  assert.deepEqual(endsContainers(same, { ...same, Labels: ['a=b'] }), []);
});
