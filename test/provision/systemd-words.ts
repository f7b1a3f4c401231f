/**
 * Reads a command line as systemd does: words, quotes, C escapes, then `%%` and `$$` (systemd.service(5), systemd.syntax(7)). Written
 * from the manual, apart from the code under test. Unknown escapes, specifiers and variables are errors here.
 */
export function systemdWords(line: string, options: { readonly dollars: boolean } = { dollars: true }): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote = '';
  for (let i = 0; i < line.length; i += 1) {
    const sign = line.charAt(i);
    if (quote !== '' && sign === quote) quote = '';
    else if (quote === '' && (sign === '"' || sign === "'")) {
      quote = sign;
      word ??= '';
    } else if (sign === '\\') {
      i += 1;
      const escaped = { '\\': '\\', '"': '"', "'": "'", s: ' ', t: '\t' }[line.charAt(i)];
      if (escaped === undefined) throw new Error(`unknown escape at ${i} of ${line}`);
      word = (word ?? '') + escaped;
    } else if (quote === '' && /\s/.test(sign)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? '') + sign;
  }
  if (quote !== '') throw new Error(`open quote in ${line}`);
  if (word !== undefined) words.push(word);
  return words.map((text) => undouble(options.dollars ? undouble(text, '$') : text, '%'));
}

function undouble(text: string, sign: string): string {
  const halves = text.split(sign + sign);
  if (halves.some((half) => half.includes(sign))) throw new Error(`${sign} that would be expanded in ${text}`);
  return halves.join(sign);
}
