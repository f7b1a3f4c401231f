import { type Execution, plain, type Slot, type Variables } from './execution.ts';
import { FunctionError } from './function-error.ts';
import type { TemplateFunction, TemplateFunctions } from './functions.ts';
import { MAX_TEXT } from './limits.ts';
import { type Command, describe, type ErrorPlace, type Operand, type Pipeline } from './nodes.ts';
import { selectFields } from './select-fields.ts';
import { type GoValue, isTrue, typeName } from './value.ts';

/** What an expression is evaluated in. */
export interface Frame {
  readonly execution: Execution;
  readonly functions: TemplateFunctions;
  readonly variables: Variables;
  readonly dot: Slot;
}

/** What a pipeline hands to its next command; undefined at the first. */
type Piped = { readonly value: GoValue } | undefined;

/** The value of a pipeline, after its variables were set to it. */
export function evaluatePipeline(frame: Frame, pipeline: Pipeline): GoValue {
  frame.execution.at(pipeline);
  let piped: Piped;
  for (const command of pipeline.commands) piped = { value: evaluateCommand(frame, command, piped).value ?? undefined };
  const slot = plain(piped?.value);
  for (const name of pipeline.variables) {
    setVariable(frame, name, slot, pipeline.assigns);
  }
  return slot.value;
}

/** `$x := …` declares, `$x = …` needs what is declared. */
export function setVariable({ execution, variables }: Frame, name: string, slot: Slot, assigns: boolean): void {
  if (!assigns) variables.declare(name, slot);
  else if (!variables.assign(name, slot)) throw execution.error(`undefined variable: ${name}`);
}

function evaluateCommand(frame: Frame, command: Command, piped: Piped): Slot {
  const [first, ...rest] = command.words;
  const { execution } = frame;
  switch (first.kind) {
    case 'function':
      return evaluateFunction(frame, { name: first.name, at: first, call: command }, rest, piped);
    case 'field':
    case 'chain':
      return evaluateOperand(frame, first, rest.length > 0 || piped !== undefined);
    case 'variable':
      if (first.names.length > 0) return evaluateOperand(frame, first, rest.length > 0 || piped !== undefined);
      break;
    case 'nil':
      execution.at(first);
      refuseArguments(frame, first, rest, piped);
      throw execution.error('nil is not a command');
  }
  if (first.kind !== 'pipeline') execution.at(first);
  refuseArguments(frame, first, rest, piped);
  return evaluateOperand(frame, first, false);
}

function refuseArguments({ execution }: Frame, first: Operand, rest: readonly Operand[], piped: Piped): void {
  if (rest.length === 0 && piped === undefined) return;
  throw execution.error(`can't give argument to non-function ${describe(first)}`);
}

/** The value of one word. `hasArguments` tells a field that more words follow it, which only functions take. */
function evaluateOperand(frame: Frame, node: Operand, hasArguments: boolean): Slot {
  const { execution, variables, dot } = frame;
  execution.at(node);
  switch (node.kind) {
    case 'dot':
      return dot;
    case 'nil':
      return plain(undefined);
    case 'bool':
    case 'number':
    case 'string':
      return plain(node.value);
    case 'function':
      return evaluateFunction(frame, { name: node.name, at: node, call: node }, [], undefined);
    case 'pipeline':
      return plain(evaluatePipeline(frame, node));
    case 'field':
      return selectFields(execution, dot, node.names, hasArguments);
    case 'variable':
      return selectFields(execution, variables.lookUp(node.name), node.names, hasArguments);
    case 'chain': {
      if (node.base.kind === 'nil') throw execution.error(`indirection through explicit nil in ${describe(node)}`);
      return selectFields(execution, evaluateOperand(frame, node.base, false), node.names, hasArguments);
    }
  }
}

interface Call {
  readonly name: string;
  readonly at: ErrorPlace;
  /** What an error of the function itself points at. */
  readonly call: ErrorPlace;
}

function evaluateFunction(frame: Frame, { name, at, call }: Call, words: readonly Operand[], piped: Piped): Slot {
  const { execution, functions } = frame;
  execution.at(at);
  const found = functions.get(name);
  if (found === undefined) throw execution.error(`"${name}" is not a defined function`);
  checkCount(execution, name, found, words.length + (piped === undefined ? 0 : 1), words.length);

  const args: GoValue[] = [];
  for (const [index, word] of words.entries()) {
    const slot = evaluateArgument(frame, found, index, word);
    if ((name === 'and' && !isTrue(slot.value)) || (name === 'or' && isTrue(slot.value))) return slot;
    args.push(slot.value);
  }
  if (piped !== undefined) args.push(checkType(execution, found, args.length, piped.value));

  try {
    const value = found.call(args);
    if (typeof value === 'string' && value.length > MAX_TEXT) throw new FunctionError('text too long');
    return { value, isBoxed: name === 'index' };
  } catch (error) {
    if (!(error instanceof FunctionError)) throw error;
    execution.at(call);
    throw execution.error(`error calling ${name}: ${error.message}`);
  }
}

function checkCount(execution: Execution, name: string, called: TemplateFunction, given: number, words: number): void {
  const wanted = called.parameters.length;
  if (called.isVariadic && given < wanted) {
    throw execution.error(`wrong number of args for ${name}: want at least ${wanted} got ${words}`);
  }
  if (!called.isVariadic && given !== wanted) {
    throw execution.error(`wrong number of args for ${name}: want ${wanted} got ${given}`);
  }
}

function evaluateArgument(frame: Frame, called: TemplateFunction, index: number, word: Operand): Slot {
  const { execution } = frame;
  execution.at(word);
  if (called.parameters[index] === 'string') {
    if (word.kind === 'nil') throw execution.error('cannot assign nil to string');
    if (word.kind === 'bool' || word.kind === 'number') {
      throw execution.error(`expected string; found ${describe(word)}`);
    }
  }
  const slot = evaluateOperand(frame, word, false);
  checkType(execution, called, index, slot.value);
  return slot;
}

function checkType(execution: Execution, called: TemplateFunction, index: number, value: GoValue): GoValue {
  if (called.parameters[index] !== 'string' || typeof value === 'string') return value;
  if (value === undefined) throw execution.error('invalid value; expected string');
  const type = value === null ? 'interface {}' : typeName(value);
  throw execution.error(`wrong type for value; expected string; got ${type}`);
}
