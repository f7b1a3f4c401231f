/** Something that is only known when a template is deployed. Writers turn it into the words of ARM or of Bicep. */
export class Expression {
  readonly node: ExpressionNode;

  constructor(node: ExpressionNode) {
    this.node = node;
  }
}

export type ExpressionNode =
  | { readonly kind: 'parameter'; readonly name: string }
  | { readonly kind: 'member'; readonly of: Expression; readonly name: string }
  /** The item of a list that belongs to the machine of the loop. */
  | { readonly kind: 'item'; readonly of: Expression }
  /** A variable, with its lines in one text. */
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly (string | Expression)[] }
  /** One text of several parts. */
  | { readonly kind: 'text'; readonly parts: readonly (string | Expression)[] }
  /** Number of the machine in the loop, from 1. */
  | { readonly kind: 'number' }
  /** Resource id of a resource of the template, or of a child that is made with it. */
  | { readonly kind: 'id'; readonly of: Resource; readonly child: readonly string[] }
  /** What Azure says of a resource of the template when it is there: `properties` and the path below. */
  | { readonly kind: 'property'; readonly of: Resource; readonly path: string };

/** Anything that can stand in a template. */
export type TemplateValue =
  | string
  | number
  | boolean
  | null
  | Expression
  | readonly TemplateValue[]
  | { readonly [key: string]: TemplateValue };

/** A resource of a template. */
export interface Resource {
  /** By which Bicep knows it. */
  readonly symbol: string;
  readonly type: string;
  readonly apiVersion: string;
  /** The whole name, its parents' first. */
  readonly names: readonly (string | Expression)[];
  /** The resource that it belongs to, where that is in the template, too. */
  readonly parent: Resource | undefined;
  /** There is one for each machine. */
  readonly isRepeated: boolean;
  /** `location`, `tags`, `properties` and whatever else it has. */
  readonly body: Readonly<Record<string, TemplateValue>>;
}

export const parameter = (name: string): Expression => new Expression({ kind: 'parameter', name });
export const member = (of: Expression, name: string): Expression => new Expression({ kind: 'member', of, name });
export const item = (of: Expression): Expression => new Expression({ kind: 'item', of });
export const variable = (name: string): Expression => new Expression({ kind: 'variable', name });
export const machineNumber = new Expression({ kind: 'number' });
export const call = (name: string, ...args: (string | Expression)[]): Expression =>
  new Expression({ kind: 'call', name, args });
export const idOf = (of: Resource, child: readonly string[] = []): Expression =>
  new Expression({ kind: 'id', of, child });
export const property = (of: Resource, path: string): Expression => new Expression({ kind: 'property', of, path });

/** The parts as one text, or as a plain one where nothing has to wait. */
export function text(given: readonly (string | Expression)[]): string | Expression {
  const parts = given
    .flatMap((part) => (part instanceof Expression && part.node.kind === 'text' ? part.node.parts : [part]))
    .filter((part) => part !== '');
  if (parts.every((part) => typeof part === 'string')) return parts.join('');
  const [only, ...others] = parts;
  // A number alone is no text yet.
  if (only instanceof Expression && others.length === 0 && only.node.kind !== 'number') return only;
  return new Expression({ kind: 'text', parts });
}

/** A resource's whole name: `machine/extension`. */
export function wholeName(names: readonly (string | Expression)[]): string | Expression {
  return text(names.flatMap((name, index) => (index === 0 ? [name] : ['/', name])));
}

/** Resources that a value speaks of, each once. */
export function resourcesIn(value: TemplateValue): readonly Resource[] {
  const found = new Set<Resource>();
  const look = (one: TemplateValue): void => {
    if (one instanceof Expression) lookInto(one.node);
    else if (typeof one === 'object' && one !== null) for (const inner of Object.values(one)) look(inner);
  };
  const lookInto = (node: ExpressionNode): void => {
    if (node.kind === 'id' || node.kind === 'property') found.add(node.of);
    if (node.kind === 'member' || node.kind === 'item') look(node.of);
    if (node.kind === 'call') for (const arg of node.args) look(arg);
    if (node.kind === 'text') for (const part of node.parts) look(part);
  };
  look(value);
  return [...found];
}
