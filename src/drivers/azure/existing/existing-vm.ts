import type { Json, JsonObject } from '../../../store/record.ts';

/** A VM that azdock did not make, by the ids of what a machine is reached through. None of it is azdock's. */
export interface ExistingVm {
  readonly vm: string;
  /** The primary network interface. */
  readonly nic: string;
  readonly publicIp: string | undefined;
  readonly publicIpV6: string | undefined;
}

/** What goes into the sidecar's `driver`, under `existing`. */
export function existingJson({ vm, nic, publicIp, publicIpV6 }: ExistingVm): JsonObject {
  return {
    vm,
    nic,
    ...(publicIp === undefined ? {} : { publicIp }),
    ...(publicIpV6 === undefined ? {} : { publicIpV6 }),
  };
}

/** Reads what {@link existingJson} wrote. Undefined for a machine that azdock made. */
export function parseExisting(value: Json | undefined): ExistingVm | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const text = (key: string) => {
    const found = value[key];
    return typeof found === 'string' && found !== '' ? found : undefined;
  };
  const [vm, nic] = [text('vm'), text('nic')];
  if (vm === undefined || nic === undefined) return undefined;
  return { vm, nic, publicIp: text('publicIp'), publicIpV6: text('publicIpV6') };
}
