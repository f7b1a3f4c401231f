import type { Driver, MachineState } from '../../../drivers/driver.ts';
import type { EngineReply } from '../../../engine/ask-engine.ts';
import type { SshSession } from '../../../ssh/session.ts';
import type { StoredMachine } from '../../../store/load.ts';
import type { AzureProbe } from '../azure/azure-probe.ts';
import type { DoctorSurroundings } from '../surroundings.ts';
import type { PortAnswer } from './port-answer.ts';

/** A machine, as its checks look at it: each question is asked once, however many want the answer. */
export interface MachineSubject extends DoctorSurroundings {
  readonly name: string;
  readonly stored: StoredMachine;
  /** Of a machine on Azure. */
  readonly azure: AzureProbe | undefined;
  /** @throws UnsupportedError for a driver that azdock does not have */
  driver(): Promise<Driver>;
  /** Where its host is: as on record, else as its driver says. @throws NotRunningError when it has no address */
  host(): Promise<string>;
  /** What its driver says of it. @throws LoginError, ArmError */
  state(): Promise<{ readonly state: MachineState; readonly detail?: string }>;
  sshPort(): Promise<PortAnswer>;
  enginePort(): Promise<PortAnswer>;
  /** Logs in; nothing is pinned. @throws SshError, HostKeyChangedError */
  ssh(): Promise<SshSession>;
  /** Asks its engine, by its port or through SSH. @throws EngineUnreachableError, CertificateError, SshError */
  ask(path: '/_ping' | '/version' | '/info' | '/system/df'): Promise<EngineReply>;
}
