/** Inclusive. */
export interface PortRange {
  readonly from: number;
  readonly to: number;
}

export const anyPort: PortRange = { from: 0, to: 65_535 };

/** `22` or `8000-8100` or `*`; `undefined` for anything else. */
export function parsePortRange(range: string): PortRange | undefined {
  if (range === '*') return anyPort;
  const found = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(range);
  if (!found) return undefined;
  const from = Number(found[1]);
  const to = Number(found[2] ?? found[1]);
  return from <= to && to <= 65_535 ? { from, to } : undefined;
}
