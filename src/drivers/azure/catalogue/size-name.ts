/** What the name of a size says. */
export interface SizeName {
  /** `D`, `NC`. */
  readonly series: string;
  /** Undefined for names that do not follow the rule. */
  readonly vCpus: number | undefined;
  /** Letters behind the vCPUs: a AMD, d temporary disk, l little memory, m much, p Arm, s Premium storage, t tiny memory. */
  readonly features: string;
  /** 1 when the name has none. */
  readonly version: number;
}

/**
 * Reads a name such as `Standard_D2as_v5` or `Standard_E4-2s_v5`
 * (https://learn.microsoft.com/azure/virtual-machines/vm-naming-conventions).
 */
export function parseSizeName(name: string): SizeName {
  const [, series, vCpus, features = '', version = '1'] =
    /^(?:standard|basic)_([a-z]+)(\d+)(?:-\d+)?([a-z]*).*?(?:_v(\d+))?$/i.exec(name) ?? [];
  return {
    series: (series ?? '').toUpperCase(),
    vCpus: vCpus === undefined ? undefined : Number(vCpus),
    features: features.toLowerCase(),
    version: Number(version),
  };
}
