import type { UsageError } from '../../errors/usage-error.ts';
import { lex } from './lexer.ts';
import { lineAt, parseError } from './source-position.ts';
import { describeToken, type Token, type TokenKind } from './token.ts';

/** Reads tokens one after the other, with a look ahead of any length. */
export class TokenReader {
  readonly source: string;
  /** Where the action began that is being read; an error that is found on a later line mentions it. */
  actionAt: number | undefined;
  readonly #tokens: Token[] = [];
  readonly #lexer: Iterator<Token, undefined>;
  #next = 0;

  constructor(source: string) {
    this.source = source;
    this.#lexer = lex(source);
  }

  peek(): Token {
    while (this.#tokens.length <= this.#next) {
      const { value } = this.#lexer.next();
      this.#tokens.push(value ?? this.#tokens.at(-1) ?? { kind: 'end', text: '', at: this.source.length });
    }
    return this.#tokens[this.#next] ?? { kind: 'end', text: '', at: this.source.length };
  }

  next(): Token {
    const token = this.peek();
    this.#next++;
    return token;
  }

  peekNonSpace(): Token {
    while (this.peek().kind === 'space') this.#next++;
    return this.peek();
  }

  nextNonSpace(): Token {
    this.peekNonSpace();
    return this.next();
  }

  /** Consumes the next token if it is of that kind, and after blanks. */
  accept(kind: TokenKind, text?: string): Token | undefined {
    const token = this.peekNonSpace();
    return token.kind === kind && (text === undefined || token.text === text) ? this.next() : undefined;
  }

  /** @throws UsageError when the next token after blanks is of another kind. */
  expect(kind: TokenKind, context: string): Token {
    const token = this.nextNonSpace();
    if (token.kind !== kind) throw this.unexpected(token, context);
    return token;
  }

  /** A place to come back to with {@link rewind}. */
  mark(): number {
    return this.#next;
  }

  rewind(mark: number): void {
    this.#next = mark;
  }

  unexpected(token: Token, context: string): UsageError {
    return token.kind === 'error'
      ? this.error(token.text + this.#startOfAction(token))
      : this.error(`unexpected ${describeToken(token)} in ${context}`);
  }

  /** An error at the last token that was read. */
  error(message: string): UsageError {
    return parseError(this.source, this.#tokens.at(-1)?.at ?? 0, message);
  }

  #startOfAction(token: Token): string {
    if (this.actionAt === undefined) return '';
    const line = lineAt(this.source, this.actionAt);
    if (line === lineAt(this.source, token.at)) return '';
    return `${token.text.endsWith(' action') ? '' : ' in action'} started at :${line}`;
  }
}
