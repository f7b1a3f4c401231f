import { UsageError } from '../errors/usage-error.ts';

const UNITS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** Milliseconds as an age in two units at most: `40s`, `12m`, `3h 5m`, `2d 4h`. */
export function age(ms: number): string {
  const whole = (unit: keyof typeof UNITS) => Math.floor(ms / UNITS[unit]);
  if (ms < UNITS.m) return `${whole('s')}s`;
  if (ms < UNITS.h) return `${whole('m')}m`;
  return ms < UNITS.d ? `${whole('h')}h ${whole('m') % 60}m` : `${whole('d')}d ${whole('h') % 24}h`;
}

/** Reads `90s`, `30m`, `1h`, `2d`, or `0`. @returns milliseconds @throws UsageError naming the flag */
export function parseAge(text: string, flag: string): number {
  const [, digits, unit] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  if (text === '0') return 0;
  const factor = Object.entries(UNITS).find(([name]) => name === unit)?.[1];
  if (digits === undefined || factor === undefined)
    throw new UsageError(
      `--${flag} takes a number with s, m, h or d, such as 90s or 2d, not ${JSON.stringify(text)}.`,
      {
        resource: `--${flag}`,
      },
    );
  return Number(digits) * factor;
}
