import type { SizeFacts } from './catalogue/size-facts.ts';

/**
 * Sizes that have no Trusted Launch: A, Dv2, Dv3 and older families, and machines with accelerators or Arm processors of
 * the first kind (learn.microsoft.com, "Trusted launch for Azure virtual machines", virtual machine sizes).
 */
const without = [
  /^(basic|standard)_a\d/i,
  /^standard_d\d+(_v[23])?$/i,
  /^standard_ds?\d+(_v1)?$/i,
  /^standard_(m|nc|nv|nd|h|gs?)\d/i,
  /^standard_l\d+s$/i,
  /^standard_[a-z]+\d+p/i,
];

/**
 * True when VMs of this size can have a virtual TPM and secure boot, by what the region says of it.
 *
 * @param facts undefined where this login may not read them; then the name has to do
 */
export function hasTrustedLaunch(size: string, facts?: Pick<SizeFacts, 'hasTrustedLaunch'>): boolean {
  return facts?.hasTrustedLaunch ?? !without.some((pattern) => pattern.test(size));
}
