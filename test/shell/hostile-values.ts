/** Values that hurt when a shell reads them as anything but text. None holds a control character. */
const HOSTILE = [
  '',
  ' ',
  '  two  runs  of  blanks  ',
  '/home/u/.docker/machine/machines/my box',
  "/home/o'brien/it''s",
  '/a/"quoted"/b',
  '$(touch pwned)',
  '`touch pwned`',
  '$HOME $\x7bHOME} $HOME_ $0 $$ $?',
  'a; touch pwned',
  '; touch pwned; ',
  "'; touch pwned; '",
  '"; touch pwned; "',
  "'\\''; touch pwned #",
  '| touch pwned',
  '& touch pwned &',
  '> pwned',
  '< /etc/passwd',
  '(touch pwned)',
  'a\\b\\\\c\\\'d\\"e\\',
  '\\',
  '\\\\server\\share\\u',
  'C:\\Users\\u\\.docker\\machine',
  'C:/Program Files (x86)/docker',
  '! !! !$ a!b !touch',
  '%PATH% %d %% 100%',
  '* a * b ** ? [a-z] *.txt',
  '@(a|b) +(a) ?(x) *(y) !(z)',
  '~ ~root ~/x a ~ b',
  '-n',
  '--help -e x',
  '# not a comment',
  '=ls a=b =',
  'a =0 =- b',
  '^a^b^ ^',
  ': , . / + - _ @',
  "@('x') $(ls) !(ls) $[ls] @(1)",
  'Jörg/日本語/\u{1F600}/e\u0301',
  '\u2018; touch pwned; \u2019 \u201a \u201b \u201c \u201d \u201e',
  '\u00a0 \u3000 \ufeff \ufdd0 \uf600 \u00ad',
  'a\u0300\'\u00e0"\u00e0`\u00e0',
  'tcp://20.103.9.4:2376',
];

/** With braces, which tcsh cannot carry. */
const BRACES = ['{a,b}', '/x/{a,b c}/{1..3}', '${', '}', '{', 'a{}b', '{in,out}.txt; touch pwned'];

const ALPHABET = ` '"\`$\\!*?[](){}<>|&;#~%^=@+-:,./aZ0é\u2019日\u{1F600}`;

/** Hostile values, the listed ones and `count` more from the same characters, the same in each run. */
export function hostileValues({ braces, count }: { readonly braces: boolean; readonly count: number }): string[] {
  const alphabet = [...ALPHABET].filter((character) => braces || !/[{}]/.test(character));
  let state = 20_261_120;
  const next = (below: number): number => {
    // A linear congruential generator (Numerical Recipes, 7.1): any sequence does, if it does not change.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const text = (): string => Array.from({ length: 1 + next(24) }, () => alphabet[next(alphabet.length)]).join('');
  const listed = braces ? [...HOSTILE, ...BRACES] : HOSTILE.filter((value) => !/[{}]/.test(value));
  return [...listed, ...Array.from({ length: count }, text)];
}
