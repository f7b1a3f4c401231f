import { evaluatePipeline, type Frame, setVariable } from './evaluate.ts';
import { plain, type Slot, Variables } from './execution.ts';
import { formatValue } from './format-value.ts';
import { MAX_CALL_DEPTH } from './limits.ts';
import type { Statement, TemplateCall } from './nodes.ts';
import { quote } from './quote.ts';
import type { TemplateBodies } from './template-bodies.ts';
import { entryOf, type GoValue, isList, isMap, isTrue, sortedKeys } from './value.ts';

/** A frame with what statements need beyond expressions. */
export interface StatementFrame extends Frame {
  readonly bodies: TemplateBodies;
  /** How many templates have called each other to get here. */
  readonly depth: number;
}

type Block = Extract<Statement, { kind: 'if' | 'with' | 'range' }>;
/** How a list of statements was left. */
type Outcome = 'done' | 'break' | 'continue';

/** Runs statements in order, until the end or a `break` or `continue`. */
export function runStatements(frame: StatementFrame, statements: readonly Statement[]): Outcome {
  for (const statement of statements) {
    const outcome = runStatement(frame, statement);
    if (outcome !== 'done') return outcome;
  }
  return 'done';
}

function runStatement(frame: StatementFrame, statement: Statement): Outcome {
  const { execution } = frame;
  execution.step();
  switch (statement.kind) {
    case 'text':
      execution.write(statement.text);
      return 'done';
    case 'action': {
      const value = evaluatePipeline(frame, statement.pipeline);
      if (statement.pipeline.variables.length === 0)
        execution.write(value === undefined ? '<no value>' : formatValue(value));
      return 'done';
    }
    case 'template':
      callTemplate(frame, statement);
      return 'done';
    case 'break':
    case 'continue':
      return statement.kind;
    default:
      return inScope(frame, () =>
        statement.kind === 'range' ? runRange(frame, statement) : runCondition(frame, statement),
      );
  }
}

/** Variables that are declared in a block end with it. */
function inScope(frame: StatementFrame, work: () => Outcome): Outcome {
  const mark = frame.variables.mark();
  const outcome = work();
  frame.variables.rewind(mark);
  return outcome;
}

function runCondition(frame: StatementFrame, block: Block): Outcome {
  const value = evaluatePipeline(frame, block.pipeline);
  if (!isTrue(value)) return runStatements(frame, block.otherwise);
  return runStatements(block.kind === 'with' ? { ...frame, dot: plain(value) } : frame, block.body);
}

function runRange(frame: StatementFrame, block: Block): Outcome {
  const value = evaluatePipeline(frame, block.pipeline);
  const entries = entriesOf(value);
  if (entries === undefined) throw frame.execution.error(`range can't iterate over ${formatValue(value)}`);
  let isEmpty = true;
  for (const [key, element] of entries) {
    isEmpty = false;
    const outcome = inScope(frame, () => runIteration(frame, block, key, element));
    if (outcome === 'break') break;
  }
  return isEmpty ? runStatements(frame, block.otherwise) : 'done';
}

function runIteration(frame: StatementFrame, block: Block, key: GoValue, element: Slot): Outcome {
  const { variables, assigns } = block.pipeline;
  // One variable takes the element, two take key and element.
  const [first, second] = variables;
  if (first !== undefined) {
    setVariable(frame, first, second === undefined ? element : plain(key), assigns);
  }
  if (second !== undefined) setVariable(frame, second, element, assigns);
  return runStatements({ ...frame, dot: element }, block.body);
}

function* entriesOfList(list: readonly GoValue[]): Generator<[GoValue, Slot]> {
  for (const [index, value] of list.entries()) yield [BigInt(index), { value, isBoxed: true }];
}

/** Keys and elements in order; nothing has none. Undefined for what Go cannot iterate over. */
function entriesOf(value: GoValue): Iterable<[GoValue, Slot]> | undefined {
  if (value === undefined || value === null) return [];
  if (isList(value)) return entriesOfList(value);
  if (!isMap(value)) return undefined;
  return sortedKeys(value).map((key) => [key, { value: entryOf(value, key), isBoxed: true }]);
}

function callTemplate(frame: StatementFrame, node: TemplateCall): void {
  const { execution, bodies, depth } = frame;
  execution.at(node);
  const body = bodies.get(node.name);
  if (body === undefined) throw execution.error(`template ${quote(node.name)} not defined`);
  if (depth === MAX_CALL_DEPTH) throw execution.error(`exceeded maximum template depth (${MAX_CALL_DEPTH})`);
  const value = node.data === undefined ? undefined : evaluatePipeline(frame, node.data);
  const dot = plain(value);
  execution.inTemplate(node.name, () => {
    runStatements({ ...frame, dot, variables: new Variables(dot), depth: depth + 1 }, body);
  });
}
