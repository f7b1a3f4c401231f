import { UsageError } from '../errors/usage-error.ts';

/** dockerd's one-letter options and their long names (docker/docker:cmd/dockerd/options.go and config_unix.go). */
const LONG_NAMES: Readonly<Record<string, string>> = {
  b: 'bridge',
  D: 'debug',
  G: 'group',
  H: 'host',
  l: 'log-level',
  p: 'pidfile',
  s: 'storage-driver',
};

/**
 * Takes text apart as systemd does with a command line, which is where DockerExtension puts its options: blanks separate words, quotes
 * hold them together, `%%` and `$$` stand for one sign.
 *
 * @param where the file and key, for errors
 * @throws UsageError for a quote without its partner
 */
export function splitWords(text: string, where: string): string[] {
  const words: string[] = [];
  const token = /\s*((?:[^\s"'\\]|\\.|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')+)\s*/gsy;
  while (token.lastIndex < text.length && text.slice(token.lastIndex).trim() !== '') {
    const match = token.exec(text);
    if (match?.[1] === undefined) throw new UsageError(`${where} has a quote without its partner.`);
    words.push(unquote(match[1]));
  }
  return words;
}

/** systemd's escapes that are not the character itself (systemd.syntax(7), "Quoting"). */
const ESCAPES: Readonly<Record<string, string>> = { t: '\t', s: ' ' };

function unquote(token: string): string {
  const resolve = (text: string) => text.replace(/\\(.)/gs, (_all, sign: string) => ESCAPES[sign] ?? sign);
  const plain = token.replace(/"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|(\\.)/gs, (_all, double, single, bare) =>
    resolve(double ?? single ?? bare),
  );
  return plain.replaceAll('%%', '%').replaceAll('$$', '$');
}

/**
 * dockerd's options without leading dashes, one an element, from its command line's words: `-D`, `--dns 8.8.8.8`, `--label=a=b`
 * become `debug`, `dns=8.8.8.8`, `label=a=b`.
 *
 * @param where the file and key, for errors
 * @throws UsageError for a word that is no option and follows none
 */
export function optionsFromWords(words: readonly string[], where: string): string[] {
  const options: string[] = [];
  for (const word of words) {
    const previous = options.at(-1);
    if (word.startsWith('-')) options.push(longName(word));
    else if (previous !== undefined && !previous.includes('=')) options[options.length - 1] = `${previous}=${word}`;
    else throw new UsageError(`${where}: "${word}" belongs to no option.`);
  }
  return options;
}

function longName(word: string): string {
  if (word.startsWith('--')) return word.slice(2);
  const letter = word.slice(1, 2);
  const rest = word.slice(2).replace(/^=/, '');
  const name = LONG_NAMES[letter] ?? letter;
  return rest === '' ? name : `${name}=${rest}`;
}
