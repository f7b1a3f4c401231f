import { MAX_NESTING } from './limits.ts';
import type { Statement, TemplateCall } from './nodes.ts';
import { parsePipeline, parseString, type Scope } from './parse-pipeline.ts';
import { BodyCollection, type TemplateBodies } from './template-bodies.ts';
import type { Token } from './token.ts';
import { TokenReader } from './token-reader.ts';

interface BlockScope extends Scope {
  readonly bodies: BodyCollection;
  /** How many `range` blocks are open. */
  ranges: number;
}

/** What ended a list of statements. */
type Ending = 'end' | 'else' | 'else if';

/** @throws UsageError in Go's words. */
export function parseStatements(source: string, functions: ReadonlySet<string>): TemplateBodies {
  const reader = new TokenReader(source);
  const scope = newScope(reader, functions, new BodyCollection(reader));
  const statements: Statement[] = [];
  while (reader.peek().kind !== 'end') {
    if (parseDefinition(scope)) continue;
    const statement = parseStatement(scope);
    if (typeof statement === 'string') throw reader.error(`unexpected {{${statement === 'end' ? 'end' : 'else'}}}`);
    statements.push(statement);
  }
  scope.bodies.add('', statements);
  return scope.bodies.all;
}

function newScope(reader: TokenReader, functions: ReadonlySet<string>, bodies: BodyCollection): BlockScope {
  return { reader, functions, bodies, variables: ['$'], nesting: 0, ranges: 0 };
}

/** `{{define "name"}} … {{end}}`, which may only stand outside of all blocks. */
function parseDefinition(scope: BlockScope): boolean {
  const { reader } = scope;
  const start = reader.mark();
  if (reader.next().kind !== 'left' || reader.accept('keyword', 'define') === undefined) {
    reader.rewind(start);
    return false;
  }
  const context = 'define clause';
  const name = parseString(reader, reader.expect('string', context));
  reader.expect('right', context);
  parseBody(scope, name, context);
  return true;
}

/** The body of a `define` or `block`, up to its `{{end}}`. Variables of the outside are not seen in it. */
function parseBody(outer: BlockScope, name: string, context: string): void {
  const scope = newScope(outer.reader, outer.functions, outer.bodies);
  deepen(scope, outer.nesting);
  const { statements, ending } = parseList(scope);
  if (ending !== 'end') throw scope.reader.error(`unexpected {{else}} in ${context}`);
  scope.bodies.add(name, statements);
}

function parseList(scope: BlockScope): { statements: Statement[]; ending: Ending } {
  const { reader } = scope;
  const statements: Statement[] = [];
  while (reader.peekNonSpace().kind !== 'end') {
    const statement = parseStatement(scope);
    if (typeof statement === 'string') return { statements, ending: statement };
    statements.push(statement);
  }
  throw reader.error('unexpected EOF');
}

function parseStatement(scope: BlockScope): Statement | Ending {
  const { reader } = scope;
  const token = reader.nextNonSpace();
  if (token.kind === 'text') return { kind: 'text', at: token.at, text: token.text };
  if (token.kind !== 'left') throw reader.unexpected(token, 'input');
  reader.actionAt = token.at;
  const statement = parseAction(scope);
  reader.actionAt = undefined;
  return statement;
}

function parseAction(scope: BlockScope): Statement | Ending {
  const { reader } = scope;
  const keyword = reader.accept('keyword');
  if (keyword === undefined) {
    const { at } = reader.peekNonSpace();
    return { kind: 'action', at, pipeline: parsePipeline(scope, 'command', 'right') };
  }
  switch (keyword.text) {
    case 'if':
    case 'with':
    case 'range':
      return parseControl(scope, keyword.text);
    case 'break':
    case 'continue':
      return parseJump(scope, keyword.text, keyword.at);
    case 'end':
      reader.expect('right', 'end');
      return 'end';
    case 'else': {
      const next = reader.peekNonSpace();
      if (next.kind === 'keyword' && next.text === 'if') return 'else if';
      reader.expect('right', 'else');
      return 'else';
    }
    case 'template':
      return parseCall(scope);
    case 'block':
      return parseBlock(scope);
    default:
      throw reader.unexpected(keyword, 'command');
  }
}

function parseControl(scope: BlockScope, kind: 'if' | 'with' | 'range'): Statement {
  const { reader } = scope;
  const outside = scope.variables.length;
  deepen(scope, scope.nesting);
  const pipeline = parsePipeline(scope, kind, 'right');
  if (kind === 'range') scope.ranges++;
  const { statements: body, ending } = parseList(scope);
  if (kind === 'range') scope.ranges--;
  let otherwise: Statement[] = [];
  if (ending === 'else if' && kind === 'if') {
    // One `{{end}}` closes the whole chain.
    reader.expect('keyword', 'else');
    otherwise = [parseControl(scope, 'if')];
  } else if (ending !== 'end') {
    const rest = parseList(scope);
    if (rest.ending !== 'end') throw reader.error('expected end; found {{else}}');
    otherwise = rest.statements;
  }
  scope.variables.length = outside;
  scope.nesting--;
  return { kind, at: pipeline.at, pipeline, body, otherwise };
}

function deepen(scope: BlockScope, nesting: number): void {
  scope.nesting = nesting + 1;
  if (scope.nesting > MAX_NESTING) throw scope.reader.error('max block depth exceeded');
}

function parseJump(scope: BlockScope, kind: 'break' | 'continue', at: number): Statement {
  scope.reader.expect('right', `{{${kind}}}`);
  if (scope.ranges === 0) throw scope.reader.error(`{{${kind}}} outside {{range}}`);
  return { kind, at };
}

function parseCall(scope: BlockScope): TemplateCall {
  const { reader } = scope;
  const token = reader.expect('string', 'template clause');
  const name = parseString(reader, token);
  const hasData = reader.accept('right') === undefined;
  const data = hasData ? parsePipeline(scope, 'template clause', 'right') : undefined;
  return { kind: 'template', at: token.at, name, data };
}

function parseBlock(scope: BlockScope): TemplateCall {
  const context = 'block clause';
  const token: Token = scope.reader.expect('string', context);
  const name = parseString(scope.reader, token);
  const data = parsePipeline(scope, context, 'right');
  parseBody(scope, name, context);
  return { kind: 'template', at: token.at, name, data };
}
