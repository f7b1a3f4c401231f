import type { Checked } from '../machine/doctor/check.ts';
import type { DoctorReport } from '../machine/doctor/doctor.ts';
import type { Verdict } from '../machine/doctor/finding.ts';
import { printableLine } from './printable.ts';
import { paint, type Style } from './style.ts';
import { tabulate } from './table.ts';

const WORDS: Readonly<Record<Verdict, string>> = {
  ok: 'ok',
  warning: 'warning',
  problem: 'problem',
  'not-checked': 'not checked',
};
const UNICODE: Readonly<Record<Verdict, string>> = { ok: '✔', warning: '!', problem: '✖', 'not-checked': '–' };
const ASCII: Readonly<Record<Verdict, string>> = { ok: 'ok', warning: '!', problem: 'x', 'not-checked': '-' };
const LOOKS = { ok: 'green', warning: 'yellow', problem: 'red', 'not-checked': 'dim' } as const;

/** What `doctor` has found, on a terminal: a line a check, with what to do below it. */
export function doctorLines({ name, checks }: DoctorReport, style: Style): string {
  const symbols = style.unicode ? UNICODE : ASCII;
  const width = Math.max(...checks.map(({ title }) => title.length)) + 2;
  const mark = Math.max(...Object.values(symbols).map((symbol) => symbol.length)) + 1;
  const lines = checks.flatMap(({ title, verdict, message, fix }) => {
    const symbol = paint(LOOKS[verdict], symbols[verdict].padEnd(mark), style);
    const found = paintIfQuiet(
      verdict,
      `${verdict === 'not-checked' ? 'Not checked. ' : ''}${printableLine(message)}`,
      style,
    );
    const todo =
      fix === undefined ? [] : [`  ${' '.repeat(mark + width)}${paint('bold', printableLine(fix.text), style)}`];
    return [`  ${symbol}${title.padEnd(width)}${found}`, ...todo];
  });
  return `${[name === null ? 'This computer and the subscription' : printableLine(name), ...lines, summary(checks)].join('\n')}\n`;
}

function paintIfQuiet(verdict: Verdict, text: string, style: Style): string {
  return verdict === 'not-checked' ? paint('dim', text, style) : text;
}

/** The same for logs and pipes: a table with one line a check. */
export function doctorTable({ checks }: DoctorReport): string {
  const rows = checks.map(({ title, verdict, message, fix }) => {
    const todo = fix === undefined ? '' : ` ${fix.kind === 'command' ? 'Run: ' : ''}${printableLine(fix.text)}`;
    return [title, WORDS[verdict], `${printableLine(message)}${todo}`];
  });
  return tabulate([['CHECK', 'VERDICT', 'FOUND'], ...rows]);
}

function summary(checks: readonly Checked[]): string {
  const count = (verdict: Verdict) => checks.filter((check) => check.verdict === verdict).length;
  const [problems, warnings, open] = [count('problem'), count('warning'), count('not-checked')];
  const parts = [
    problems === 0 ? 'No problem' : problems === 1 ? '1 problem' : `${problems} problems`,
    ...(warnings === 0 ? [] : [warnings === 1 ? '1 warning' : `${warnings} warnings`]),
    ...(open === 0 ? [] : [`${open} not checked`]),
  ];
  return `${parts.join(', ')}, of ${checks.length} checks.`;
}

/** The same as JSON, with stable keys. */
export function doctorDocument({ name, verdict, checks }: DoctorReport): object {
  return {
    name,
    verdict,
    checks: checks.map(({ id, title, verdict: found, message, fix, elapsedMs }) => ({
      id,
      title,
      verdict: found,
      message,
      fix: fix ?? null,
      elapsedMs: Math.round(elapsedMs),
    })),
  };
}
