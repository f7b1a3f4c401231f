import { quote } from './quote.ts';

interface Placed {
  /** Offset into the template, in UTF-16 units. */
  readonly at: number;
}

/** What can stand as a word of a command. */
export type Operand =
  | (Placed & { readonly kind: 'dot' | 'nil' })
  | (Placed & { readonly kind: 'bool'; readonly value: boolean })
  | (Placed & { readonly kind: 'number'; readonly value: number | bigint; readonly source: string })
  | (Placed & { readonly kind: 'string'; readonly value: string; readonly source: string })
  | (Placed & { readonly kind: 'function'; readonly name: string })
  | (Placed & { readonly kind: 'field'; readonly names: readonly string[] })
  | (Placed & { readonly kind: 'variable'; readonly name: string; readonly names: readonly string[] })
  | (Placed & { readonly kind: 'chain'; readonly base: Operand; readonly names: readonly string[] })
  | Pipeline;

export interface Command extends Placed {
  readonly kind: 'command';
  readonly words: readonly [Operand, ...Operand[]];
}

export interface Pipeline extends Placed {
  readonly kind: 'pipeline';
  /** Variables that take the value, with their `$`. */
  readonly variables: readonly string[];
  /** Whether the variables exist already: `=` instead of `:=`. */
  readonly assigns: boolean;
  readonly commands: readonly Command[];
}

export interface TemplateCall extends Placed {
  readonly kind: 'template';
  readonly name: string;
  readonly data: Pipeline | undefined;
}

export type Statement =
  | (Placed & { readonly kind: 'text'; readonly text: string })
  | (Placed & { readonly kind: 'action'; readonly pipeline: Pipeline })
  | (Placed & {
      readonly kind: 'if' | 'with' | 'range';
      readonly pipeline: Pipeline;
      readonly body: readonly Statement[];
      readonly otherwise: readonly Statement[];
    })
  | (Placed & { readonly kind: 'break' | 'continue' })
  | TemplateCall;

/** The nodes that an error of execution can point at. */
export type ErrorPlace = Operand | Command | TemplateCall;

/** A node as Go prints it in error messages. */
export function describe(node: ErrorPlace): string {
  switch (node.kind) {
    case 'dot':
      return '.';
    case 'nil':
      return 'nil';
    case 'bool':
      return String(node.value);
    case 'number':
    case 'string':
      return node.source;
    case 'function':
      return node.name;
    case 'field':
      return fields(node.names);
    case 'variable':
      return node.name + fields(node.names);
    case 'chain':
      return word(node.base) + fields(node.names);
    case 'command':
      return node.words.map(word).join(' ');
    case 'pipeline':
      return declaration(node) + node.commands.map(describe).join(' | ');
    case 'template':
      return `{{template ${quote(node.name)}${node.data === undefined ? '' : ` ${describe(node.data)}`}}}`;
  }
}

function word(node: Operand): string {
  return node.kind === 'pipeline' ? `(${describe(node)})` : describe(node);
}

function fields(names: readonly string[]): string {
  return names.map((name) => `.${name}`).join('');
}

function declaration({ variables, assigns }: Pipeline): string {
  return variables.length === 0 ? '' : `${variables.join(', ')} ${assigns ? '=' : ':='} `;
}
