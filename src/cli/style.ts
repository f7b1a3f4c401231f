/** How text may look on one stream. */
export interface Style {
  readonly color: boolean;
  /** False where only ASCII can be shown. */
  readonly unicode: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Colours are wanted on a terminal that has them, unless `--no-color`, NO_COLOR (https://no-color.org: any value but the empty
 * one) or TERM=dumb say no. FORCE_COLOR wants them anywhere.
 */
export function styleOf(isTerminal: boolean, environment: Environment, noColor: boolean): Style {
  const refused = noColor || (environment['NO_COLOR'] ?? '') !== '' || environment['TERM'] === 'dumb';
  const forced = (environment['FORCE_COLOR'] ?? '') !== '' && environment['FORCE_COLOR'] !== '0';
  const locale = environment['LC_ALL'] || environment['LC_CTYPE'] || environment['LANG'] || '';
  return {
    color: !refused && (isTerminal || forced),
    unicode: environment['TERM'] !== 'linux' && !/^(C|POSIX)$/.test(locale),
  };
}

/** SGR numbers (ECMA-48 8.3.117) of the few looks azdock has. */
const CODES = { bold: [1, 22], dim: [2, 22], red: [31, 39], green: [32, 39], yellow: [33, 39] } as const;

/** Text in that look, or as it is when there are no colours. */
export function paint(look: keyof typeof CODES, text: string, style: Style): string {
  const [on, off] = CODES[look];
  return style.color ? `\x1b[${on}m${text}\x1b[${off}m` : text;
}
