import assert from 'node:assert/strict';
import { defaultRecord } from '../../../src/store/default-record.ts';
import { azureProbe } from '../../../src/machine/doctor/azure/azure-probe.ts';
import type { Check, Checked } from '../../../src/machine/doctor/check.ts';
import { computerChecks } from '../../../src/machine/doctor/computer/checks.ts';
import { machineChecks } from '../../../src/machine/doctor/machine/checks.ts';
import type { MachineSubject } from '../../../src/machine/doctor/machine/machine-subject.ts';
import { runChecks } from '../../../src/machine/doctor/run-checks.ts';
import type { Sidecar } from '../../../src/store/sidecar.ts';
import { surroundings } from '../../machine/doctor/subjects.ts';
import { extension } from './lifecycle.ts';
import type { LaneMachine } from '../lane.ts';
import { made, type Story, signal } from '../story.ts';

/** Time enough: what passes shall pass. That it runs out is another matter. */
const TIMEOUT_MS = 3_600_000;
const forEver = () => new Promise<void>(() => {});

function around({ world }: LaneMachine) {
  const { environment, clock, pace, httpClient } = world;
  const bare = surroundings('/nowhere', { environment });
  return { ...bare, context: { ...bare.context, clock, pace, httpClient } };
}

async function examine<Subject>(
  checks: readonly Check<Subject>[],
  ids: readonly string[],
  subject: Subject,
  { told, world: { clock } }: LaneMachine,
): Promise<void> {
  const chosen = checks
    .filter(({ id }) => ids.includes(id))
    // The sandbox and the ports of the host are none of Azure.
    .map((check) => ({
      ...check,
      needs: Array.isArray(check.needs) ? check.needs.filter((id) => ids.includes(id)) : [],
    }));
  const found = await runChecks({
    checks: chosen,
    subject,
    timeoutMs: TIMEOUT_MS,
    clock: { ...clock, sleep: forEver },
    signal,
    again: 'azdock doctor',
  });
  assert.deepEqual(
    found.map(({ id }) => id),
    ids,
    'each check ends with a finding',
  );
  for (const one of found) judge(one);
  told.push(
    ...found.filter(({ verdict }) => verdict !== 'ok').map(({ id, message }) => `finding about ${id}: ${message}`),
  );
}

/** A person reads it and knows what to do. */
function judge({ id, verdict, message, fix }: Checked): void {
  assert.doesNotMatch(message, /bug in azdock|undefined|\[object/, id);
  assert.match(message, /^[^\n]+\.$/, id);
  if (verdict === 'problem' || verdict === 'warning') assert.ok(fix?.text, `${id} has a fix: ${message}`);
}

const ofComputer = ['azure', 'clock', 'login', 'subscription', 'rights', 'providers', 'policy', 'quota'];
const ofMachine = ['azure', 'clock', 'login', 'resources', 'vm', 'extension', 'firewall'];
const notAsked = () => Promise.reject(new Error('this is not about Azure'));

/** `azdock doctor`, as far as it asks Azure. */
export const diagnosisStories: readonly Story[] = [
  {
    name: 'doctor',
    isLook: true,
    prepare: async () => {},
    async act(machine) {
      const place = around(machine);
      const azure = azureProbe({ name: 'dev', id: '', options: machine.options }, place, signal);
      await examine(computerChecks, ofComputer, { ...place, azure, nodeVersion: '24.1.0' }, machine);
    },
  },
  {
    name: 'doctor dev',
    like: 'doctor',
    isLook: true,
    async prepare(machine) {
      await made(machine);
      await machine.driver.extensions?.put(extension, machine.journal, signal);
    },
    async act(machine) {
      const place = around(machine);
      const { driver, journal, options } = machine;
      const azure = azureProbe({ name: 'dev', id: 'id-of-dev', options }, place, signal);
      const driverKeys = { IPAddress: '', SSHUser: options.sshUser, SSHPort: 22, DockerPort: options.dockerPort };
      const record = defaultRecord({
        root: '/nowhere',
        name: 'dev',
        driverName: 'azure',
        driver: driverKeys,
        engine: {},
        tlsSans: [],
      });
      const sidecar: Sidecar = {
        version: 1,
        id: 'id-of-dev',
        phase: 'ready',
        createdAt: '2026-11-20T12:00:00Z',
        journal: [...journal.entries],
        provisioner: 'docker-extension',
      };
      const subject: MachineSubject = {
        ...place,
        name: 'dev',
        stored: { version: 1, record, sidecar },
        azure,
        driver: async () => driver,
        state: () => driver.state(signal),
        ...{ host: notAsked, ssh: notAsked, sshPort: notAsked, enginePort: notAsked, ask: notAsked },
      };
      await examine(machineChecks, ofMachine, subject, machine);
    },
  },
];
