import type { Expression } from './expression.ts';
import { TemplateError } from './template-error.ts';
import { type Token, tokensOf } from './tokens.ts';

/** https://learn.microsoft.com/azure/azure-resource-manager/templates/best-practices#template-limits */
const maximumCharacters = 24_576;

/** Nesting beyond this is nobody's template. */
const maximumDepth = 100;

/**
 * True for a string that is an expression: it begins with `[`, not with `[[`, and ends with `]`.
 * https://learn.microsoft.com/azure/azure-resource-manager/templates/template-expressions#escape-characters
 */
export function isExpression(text: string): boolean {
  return text.startsWith('[') && text.endsWith(']') && !text.startsWith('[[');
}

/** A string that is no expression, as it is meant: `[[a]` is `[a]`. */
export function literalOf(text: string): string {
  return text.startsWith('[[') && text.endsWith(']') ? text.slice(1) : text;
}

/** Parses `[…]`. @throws TemplateError */
export function parseExpression(text: string): Expression {
  const source = text.slice(1, -1);
  if (source.length > maximumCharacters)
    throw new TemplateError(
      `The language expression is longer than the limit of '${maximumCharacters}' characters: '${source.slice(0, 40)}…'.`,
    );
  const parser = new Parser(source);
  return parser.whole();
}

class Parser {
  readonly #source: string;
  readonly #tokens: readonly Token[];
  #next = 0;

  constructor(source: string) {
    this.#source = source;
    this.#tokens = tokensOf(source);
  }

  whole(): Expression {
    const expression = this.#expression(0);
    if (this.#peek().kind !== 'end') throw this.#unexpected('EndOfData');
    return expression;
  }

  #expression(depth: number): Expression {
    if (depth > maximumDepth)
      throw new TemplateError(`The language expression is nested deeper than the limit of '${maximumDepth}'.`);
    let found = this.#primary(depth);
    for (let links = depth; ; links += 1) {
      if (links > depth + maximumDepth)
        throw new TemplateError(`The language expression has more than '${maximumDepth}' properties in a row.`);
      const next = this.#access(found, depth);
      if (next === undefined) return found;
      found = next;
    }
  }

  #primary(depth: number): Expression {
    const token = this.#take();
    if (token.kind === 'text') return { kind: 'literal', value: token.value };
    if (token.kind === 'number') return { kind: 'literal', value: Number(token.value) };
    if (token.kind !== 'name') throw this.#unexpected('LeftParenthesis', token);
    let name = token.value;
    // A function of the template's own: `namespace.name(…)`.
    if (this.#peek().value === '.' && this.#peek().kind === 'mark') {
      this.#take();
      name = `${name}.${this.#expect('name', 'Identifier').value}`;
    }
    this.#expectMark('(', 'LeftParenthesis');
    return { kind: 'call', name, args: this.#args(depth) };
  }

  #args(depth: number): readonly Expression[] {
    const args: Expression[] = [];
    if (this.#skipMark(')')) return args;
    do args.push(this.#expression(depth + 1));
    while (this.#skipMark(','));
    this.#expectMark(')', 'RightParenthesis');
    return args;
  }

  #access(of: Expression, depth: number): Expression | undefined {
    const mark = this.#peek();
    if (mark.kind !== 'mark') return undefined;
    if (mark.value === '.' || mark.value === '.?') {
      this.#take();
      return { kind: 'property', of, name: this.#expect('name', 'Identifier').value, isSafe: mark.value === '.?' };
    }
    if (mark.value === '[' || mark.value === '[?') {
      this.#take();
      const index = this.#expression(depth + 1);
      this.#expectMark(']', 'RightSquareBracket');
      return { kind: 'index', of, index, isSafe: mark.value === '[?' };
    }
    return undefined;
  }

  #peek(): Token {
    return this.#tokens[this.#next] ?? { kind: 'end', value: '', at: this.#source.length };
  }

  #take(): Token {
    const token = this.#peek();
    this.#next += 1;
    return token;
  }

  #skipMark(mark: string): boolean {
    const isThere = this.#peek().kind === 'mark' && this.#peek().value === mark;
    if (isThere) this.#take();
    return isThere;
  }

  #expectMark(mark: string, name: string): void {
    if (!this.#skipMark(mark)) throw this.#unexpected(name);
  }

  #expect(kind: Token['kind'], name: string): Token {
    if (this.#peek().kind !== kind) throw this.#unexpected(name);
    return this.#take();
  }

  #unexpected(wanted: string, token: Token = this.#peek()): TemplateError {
    const actual = token.kind === 'end' ? 'EndOfData' : `${token.value}' at position '${token.at}`;
    return new TemplateError(
      `Unable to parse language expression '${this.#source}': expected token '${wanted}' and actual '${actual}'.`,
    );
  }
}
