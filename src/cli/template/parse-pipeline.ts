import { MAX_NESTING } from './limits.ts';
import { type Command, describe, type Operand, type Pipeline } from './nodes.ts';
import { parseNumber } from './parse-number.ts';
import { quote, unquote } from './quote.ts';
import type { Token, TokenKind } from './token.ts';
import type { TokenReader } from './token-reader.ts';

/** What the parser knows at a place: the variables in scope grow and shrink while it goes. */
export interface Scope {
  readonly reader: TokenReader;
  readonly functions: ReadonlySet<string>;
  readonly variables: string[];
  /** How many blocks and parentheses are open. */
  nesting: number;
}

/**
 * Parses `$x := word word | word …` up to and with the token `end`.
 *
 * @throws UsageError in Go's words.
 */
export function parsePipeline(scope: Scope, context: string, end: TokenKind): Pipeline {
  const { reader } = scope;
  const { at } = reader.peekNonSpace();
  if (++scope.nesting > MAX_NESTING) throw reader.error('max expression depth exceeded');
  const declared = parseDeclaration(scope, context);
  const commands: Command[] = [];
  while (reader.accept(end) === undefined) {
    const token = reader.peekNonSpace();
    if (!BEGINS_OPERAND.has(token.kind)) throw reader.unexpected(reader.next(), context);
    commands.push(parseCommand(scope));
  }
  if (commands.length === 0) throw reader.error(`missing value for ${context}`);
  for (const [index, command] of commands.entries()) {
    if (index > 0 && VALUES.has(command.words[0].kind)) {
      throw reader.error(`non executable command in pipeline stage ${index + 1}`);
    }
  }
  scope.nesting--;
  return { kind: 'pipeline', at, ...declared, commands };
}

const BEGINS_OPERAND: ReadonlySet<TokenKind> = new Set<TokenKind>([
  'bool',
  'character',
  'dot',
  'field',
  'identifier',
  'number',
  'nil',
  'string',
  'variable',
  'open',
]);
const VALUES: ReadonlySet<Operand['kind']> = new Set<Operand['kind']>(['bool', 'dot', 'nil', 'number', 'string']);

/** `$x :=`, `$x =`, and for `range` also `$i, $x :=`. */
function parseDeclaration(scope: Scope, context: string): Pick<Pipeline, 'variables' | 'assigns'> {
  const { reader } = scope;
  const variables: string[] = [];
  for (;;) {
    const start = reader.mark();
    const variable = reader.accept('variable');
    if (variable === undefined) return { variables, assigns: false };
    const operator = reader.accept('assign') ?? reader.accept('declare');
    if (operator === undefined && reader.accept('sign', ',') === undefined) {
      reader.rewind(start);
      return { variables, assigns: false };
    }
    variables.push(variable.text);
    scope.variables.push(variable.text);
    if (operator !== undefined) return { variables, assigns: operator.kind === 'assign' };
    if (context !== 'range' || variables.length === 2) throw reader.error(`too many declarations in ${context}`);
    if (!['variable', 'right', 'close'].includes(reader.peekNonSpace().kind)) {
      throw reader.error('range can only initialize variables');
    }
  }
}

function parseCommand(scope: Scope): Command {
  const { reader } = scope;
  const { at } = reader.peekNonSpace();
  const words: Operand[] = [];
  for (;;) {
    reader.peekNonSpace();
    const word = parseOperand(scope);
    if (word !== undefined) words.push(word);
    const after = reader.peek().kind;
    if (after === 'space') continue;
    if (after === 'pipe') reader.next();
    else if (after !== 'right' && after !== 'close') throw reader.unexpected(reader.next(), 'operand');
    break;
  }
  const [first, ...rest] = words;
  if (first === undefined) throw reader.error('empty command');
  return { kind: 'command', at, words: [first, ...rest] };
}

/** A term, and the fields that are chosen of it. */
function parseOperand(scope: Scope): Operand | undefined {
  const { reader } = scope;
  const term = parseTerm(scope);
  if (term === undefined || reader.peek().kind !== 'field') return term;
  const { at } = reader.peek();
  const names: string[] = [];
  while (reader.peek().kind === 'field') names.push(reader.next().text.slice(1));
  if (term.kind === 'field') return { ...term, at, names: [...term.names, ...names] };
  if (term.kind === 'variable') return { ...term, at, names };
  if (VALUES.has(term.kind)) throw reader.error(`unexpected . after term ${quote(describe(term))}`);
  return { kind: 'chain', at, base: term, names };
}

function parseTerm(scope: Scope): Operand | undefined {
  const { reader } = scope;
  const start = reader.mark();
  const token = reader.nextNonSpace();
  const { at, text } = token;
  switch (token.kind) {
    case 'identifier':
      if (!scope.functions.has(text)) throw reader.error(`function ${quote(text)} not defined`);
      return { kind: 'function', at, name: text };
    case 'dot':
    case 'nil':
      return { kind: token.kind, at };
    case 'variable':
      if (!scope.variables.includes(text)) throw reader.error(`undefined variable ${quote(text)}`);
      return { kind: 'variable', at, name: text, names: [] };
    case 'field':
      return { kind: 'field', at, names: [text.slice(1)] };
    case 'bool':
      return { kind: 'bool', at, value: text === 'true' };
    case 'character':
    case 'number':
      return { kind: 'number', at, value: parseNumber(reader, text), source: text };
    case 'string':
      return { kind: 'string', at, value: parseString(reader, token), source: text };
    case 'open':
      return parsePipeline(scope, 'parenthesized pipeline', 'close');
    default:
      reader.rewind(start);
      return undefined;
  }
}

/** The text of a string token. */
export function parseString(reader: TokenReader, { text }: Token): string {
  const value = unquote(text);
  if (value === undefined) throw reader.error('invalid syntax');
  return value;
}
