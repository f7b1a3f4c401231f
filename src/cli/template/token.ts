import { quote } from './quote.ts';

export type TokenKind =
  | 'error'
  | 'end'
  | 'text'
  | 'left'
  | 'right'
  | 'space'
  | 'assign'
  | 'declare'
  | 'pipe'
  | 'open'
  | 'close'
  | 'string'
  | 'character'
  | 'number'
  | 'bool'
  | 'variable'
  | 'field'
  | 'dot'
  | 'nil'
  | 'identifier'
  | 'keyword'
  | 'sign';

export interface Token {
  readonly kind: TokenKind;
  /** The source text; the message of an error. */
  readonly text: string;
  /** Offset into the template, in UTF-16 units. */
  readonly at: number;
}

/** The token in an error message, as Go words it. */
export function describeToken({ kind, text }: Token): string {
  if (kind === 'end') return 'EOF';
  if (kind === 'error') return text;
  if (kind === 'keyword' || kind === 'nil' || kind === 'dot') return `<${text}>`;
  const runes = [...text];
  return runes.length > 10 ? `${quote(runes.slice(0, 10).join(''))}...` : quote(text);
}
