import type { CertificateSet } from '../certs/bootstrap.ts';
import { customData } from '../provision/custom-data.ts';
import type { Provisioning } from '../provision/provisioning.ts';
import { engineScript } from '../provision/script/engine-script.ts';
import { scanHostKey } from '../ssh/host-key.ts';
import { generateSshKeyPair } from '../ssh/keys.ts';
import { storeFiles } from '../store/files.ts';
import type { MachineRecord } from '../store/record.ts';
import type { Store } from '../store/store.ts';
import type { Step } from '../steps/run-steps.ts';
import { awaitEngine } from './await-engine.ts';
import type { ChosenProvisioner } from './choose-provisioner.ts';
import type { CreateRequest } from './create-request.ts';
import type { CreateState } from './create-steps.ts';
import { deliver } from './deliver.ts';
import { keepCertificates, type MachineCertificates, signFor } from './machine-certificates.ts';
import type { MachineContext } from './machine-context.ts';
import { watchCloudInit } from './watch-cloud-init.ts';
import { withCertificates } from './provisioning-draft.ts';
import type { NewMachine } from './new-machine.ts';
import type { RegionMemory } from './region-memory.ts';
import { keptCertificates, keptSshKey } from './resume/kept-parts.ts';
import { removeOtherExtensions } from './resume/remove-other-extensions.ts';
import { sshAccess } from './ssh-access.ts';
import { suspectFirewall } from './suspect-firewall.ts';

type Work = Step<CreateState>['run'];

/** The machine's own steps of a creation, by what they do. */
export interface CreateWork {
  readonly ensureAuthority: Work;
  readonly ensureSshKey: Work;
  readonly ensureServerCertificate: Work;
  readonly makeBootData: Work;
  readonly pinHostKey: Work;
  readonly installEngine: Work;
  /** Brings what is on record, the certificate and the boot data up to what the driver has changed on the way. */
  readonly follow: Work;
}

export interface CreateJob {
  readonly request: CreateRequest;
  readonly context: MachineContext;
  readonly store: Store;
  readonly record: MachineRecord;
  readonly machine: NewMachine;
  readonly draft: Provisioning;
  readonly chosen: ChosenProvisioner;
  /** An earlier run of the creation has left files behind, and perhaps more. */
  readonly isResumed: boolean;
  /** It has also left a host that is kept. */
  readonly hasHost: boolean;
  readonly memory: RegionMemory;
  /** CA and client certificate, made once for all machines of the command. */
  authority(): Promise<CertificateSet>;
}

/** How long an engine may take to answer once its provisioner says that it is done. */
const ENGINE_DEADLINE_MS = 120_000;
/** How long it may take when the provisioner cannot tell: the whole installation, on a slow mirror. */
const CLOUD_INIT_DEADLINE_MS = 900_000;

/** @returns the steps' work; what one finds, the next ones use */
export function createWork(job: CreateJob): CreateWork {
  const { request, context, store, machine, draft, chosen, memory, isResumed, hasHost } = job;
  const { name } = request;
  const { driver, region } = machine;
  let authority: CertificateSet | undefined;
  let certificates: MachineCertificates | undefined;
  let record = job.record;
  const paths = store.paths(name);

  const work: CreateWork = {
    async ensureAuthority() {
      authority = await job.authority();
    },

    async ensureSshKey(state) {
      state.sshPublicKey = isResumed ? await keptSshKey(paths) : undefined;
      if (state.sshPublicKey !== undefined) return;
      const { privateKey, publicKey } = await generateSshKeyPair();
      await storeFiles.writeSecret(paths.sshKey, privateKey);
      await storeFiles.write(paths.sshPublicKey, publicKey);
      state.sshPublicKey = publicKey;
    },

    async ensureServerCertificate(state) {
      const addresses = [known(state.address, 'address'), ...state.alternativeAddresses];
      const signed = known(authority, 'authority');
      const names = [...addresses, ...(record.HostOptions.AuthOptions.ServerCertSANs ?? []), 'localhost'];
      certificates =
        (isResumed ? await keptCertificates(paths, names, signed) : undefined) ??
        (await signFor(record, addresses, signed, context));
      record = { ...record, Driver: { ...record.Driver, IPAddress: known(state.address, 'address') } };
      await store.saveRecord(name, record);
      await keepCertificates(store, name, certificates);
      state.provisioning = withCertificates(draft, certificates);
      const { alternativeAddresses } = state;
      await store.updateSidecar(name, (sidecar) => ({ ...sidecar, alternativeAddresses }));
    },

    async makeBootData(state) {
      const byCloudInit = chosen.name === 'cloud-init';
      const script = byCloudInit
        ? await engineScript(known(state.provisioning, 'provisioning'), 'cloud-init')
        : undefined;
      state.customData = customData({ script, userData: request.customData, disks: machine.dataDisks });
    },

    async follow(state, step, signal) {
      const { driver: keys, sidecar: extra } = await machine.keys();
      record = { ...record, Driver: { ...keys, IPAddress: record.Driver.IPAddress } };
      await store.saveRecord(name, record);
      if (extra !== undefined) await store.updateSidecar(name, (sidecar) => ({ ...sidecar, driver: extra }));
      await work.ensureServerCertificate(state, step, signal);
      await work.makeBootData(state, step, signal);
    },

    async pinHostKey(state, _step, signal) {
      if (record.Driver['NoPublicIP'] === true) return;
      if (hasHost && (await store.load(name)).sidecar?.hostKey !== undefined) return;
      const scan = { host: known(state.address, 'address'), port: record.Driver.SSHPort, signal };
      // No machine fails for this: whoever logs in first pins the key then.
      const hostKey = await scanHostKey(scan).catch(() => undefined);
      if (hostKey !== undefined) await store.updateSidecar(name, (sidecar) => ({ ...sidecar, hostKey }));
    },

    async installEngine(state, step, signal) {
      const host = known(state.address, 'address');
      const made = known(certificates, 'certificates');
      const provisioning = known(state.provisioning, 'provisioning');
      const ssh = sshAccess(await store.load(name), host, store);
      const mayFallBack = machine.provisioner === 'auto';
      const { journal } = state;
      if (hasHost) await removeOtherExtensions({ chosen: chosen.name, driver, journal, signal });
      state.provisioner = await deliver(
        { provisioner: chosen, mayFallBack, provisioning, driver, journal, ssh, region, memory, context },
        step,
        signal,
      );
      const byCloudInit = state.provisioner === 'cloud-init';
      if (!byCloudInit) step.detail('waiting for the engine');
      const deadlineMs = byCloudInit ? CLOUD_INIT_DEADLINE_MS : ENGINE_DEADLINE_MS;
      const failure = new AbortController();
      const answer = awaitEngine({
        machine: await store.load(name),
        host,
        certificates: made,
        expectsCertificate: true,
        // The host key may have been pinned since.
        ssh: async () => sshAccess(await store.load(name), host, store),
        deadlineMs,
        context,
        signal: AbortSignal.any([signal, failure.signal]),
      });
      if (byCloudInit) await followUntil(answer, (until) => watchCloudInit(ssh, context, step, until), failure, signal);
      state.engineVersion = (
        await answer.catch((error: unknown) => {
          const { enginePort: port } = machine;
          throw machine.host === undefined || port === undefined ? error : suspectFirewall(error, host, port);
        })
      ).version;
    },
  };
  return work;
}

/**
 * Follows the installation beside the wait for the engine: whichever ends the matter first, ends the other. Returns when the
 * engine has answered and the script is done, since compose comes after the engine.
 */
async function followUntil(
  answer: Promise<unknown>,
  watch: (signal: AbortSignal) => Promise<void>,
  failure: AbortController,
  signal: AbortSignal,
): Promise<void> {
  const late = new AbortController();
  const watching = watch(AbortSignal.any([signal, late.signal])).catch((error: unknown) => {
    failure.abort(error);
    throw error;
  });
  answer.catch((error: unknown) => late.abort(error));
  await Promise.all([answer, watching]);
}

/** What an earlier step must have left. */
function known<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new TypeError(`a step ran before there was the ${what}`);
  return value;
}
