import type { DoctorSurroundings } from '../surroundings.ts';
import type { AzureProbe } from './azure-probe.ts';

/** What the checks of Azure look at: this computer, or a machine on Azure. */
export interface AzureSubject extends DoctorSurroundings {
  readonly azure: AzureProbe;
}
