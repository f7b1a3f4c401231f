import type { Json } from '../../sandbox/raw-https.ts';
import { type Bicep, type Declaration, readBicep } from './read-bicep.ts';

/** A resource of the file, by its symbol. */
interface Symbol {
  readonly type: string;
  /** Arguments of `resourceId` after the type. */
  readonly names: readonly string[];
}

/** Makes an ARM template of Bicep as azdock writes it. @throws Error when it uses what is not declared */
export function compileBicep(source: string): Json {
  const declarations = readBicep(source);
  const compiler = new Compiler(declarations);
  const of = (keyword: string) => declarations.filter((one) => one.keyword === keyword);
  return {
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    contentVersion: '1.0.0.0',
    parameters: Object.fromEntries(of('param').map((one) => [one.name, compiler.parameter(one)])),
    variables: Object.fromEntries(of('var').map((one) => [one.name, compiler.json(given(one))])),
    resources: of('resource').map((one) => compiler.resource(one)),
    outputs: Object.fromEntries(of('output').map((one) => [one.name, compiler.output(one)])),
  };
}

function given({ name, value }: Declaration): Bicep {
  if (value === undefined) throw new Error(`${name} has no value`);
  return value;
}

const COUNT = "[parameters('count')]";

class Compiler {
  readonly #kinds: ReadonlyMap<string, string>;
  readonly #resources = new Map<string, Symbol>();
  #used = new Set<string>();

  constructor(declarations: readonly Declaration[]) {
    this.#kinds = new Map(declarations.map(({ name, keyword }) => [name, keyword]));
    if (this.#kinds.size !== declarations.length) throw new Error('a symbol is declared twice');
  }

  parameter({ type, value, decorators }: Declaration): Json {
    const has = (name: string) => decorators.find((one) => one.kind === 'call' && one.name === name);
    const minimum = has('minValue');
    const secure = has('secure') !== undefined;
    return {
      type: secure ? `secure${type}` : type,
      ...(value === undefined ? {} : { defaultValue: this.json(value) }),
      ...(minimum?.kind === 'call' && minimum.args[0] ? { minValue: this.json(minimum.args[0]) } : {}),
    };
  }

  resource(declaration: Declaration): Json {
    const { name: symbol, type: whole } = declaration;
    const [type = '', apiVersion] = whole.split('@');
    const { body, isLoop } = unrolled(given(declaration));
    if (body.kind !== 'object') throw new Error(`${symbol} is no object`);
    this.#used = new Set();
    const { parent, name, ...rest } = Object.fromEntries(body.members);
    const above = parent && this.#resourceOf(parent);
    const names = [...(above?.names ?? []), ...this.#names(name)];
    const members = Object.entries(rest).map(([key, value]): [string, Json] => [key, this.json(value)]);
    const made = {
      type,
      apiVersion,
      name: names.length === 1 ? `[${names[0]}]` : `[concat(${names.join(", '/', ")})]`,
      ...(isLoop ? { copy: { name: symbol, count: COUNT } } : {}),
      dependsOn: [...this.#used].map((id) => `[${id}]`),
      ...Object.fromEntries(members),
    };
    this.#resources.set(symbol, { type, names });
    return made;
  }

  output(declaration: Declaration): Json {
    const { body, isLoop } = unrolled(given(declaration));
    return isLoop
      ? { type: 'array', copy: { count: COUNT, input: this.json(body) } }
      : { type: declaration.type, value: this.json(body) };
  }

  json(given: Bicep): Json {
    const value = joined(given);
    if (value.kind === 'plain') return value.value;
    if (value.kind === 'list') return value.items.map((item) => this.json(item));
    if (value.kind === 'object')
      return Object.fromEntries(value.members.map(([key, member]) => [key, this.json(member)]));
    if (value.kind === 'text' && value.parts.every((part) => typeof part === 'string')) {
      const text = value.parts.join('');
      return text.startsWith('[') && text.endsWith(']') ? `[${text}` : text;
    }
    return `[${this.#expression(value)}]`;
  }

  #names(value: Bicep | undefined): string[] {
    if (value === undefined) throw new Error('a resource has no name');
    const isPath = value.kind === 'text' && value.parts.some((part) => typeof part === 'string' && part.includes('/'));
    if (!isPath) return [this.#expression(value)];
    return value.parts.join('').split('/').map(quoted);
  }

  #expression(value: Bicep): string {
    switch (value.kind) {
      case 'text': {
        const holes = value.parts.filter((part) => typeof part !== 'string');
        if (holes.length === 0) return quoted(value.parts.join(''));
        let next = 0;
        const format = value.parts.map((part) => (typeof part === 'string' ? braced(part) : `{${next++}}`)).join('');
        return `format(${[quoted(format), ...holes.map((hole) => this.#expression(hole))].join(', ')})`;
      }
      case 'plain':
        return typeof value.value === 'number' ? String(value.value) : `${value.value}()`;
      case 'symbol':
        return this.#symbol(value.name);
      case 'call':
        return `${value.name}(${value.args.map((arg) => this.#expression(arg)).join(', ')})`;
      case 'sum':
        return `add(${this.#expression(value.left)}, ${this.#expression(value.right)})`;
      case 'index':
        return `${this.#expression(value.of)}[${this.#expression(value.at)}]`;
      case 'member':
        return this.#member(value);
      case 'list':
        return `createArray(${value.items.map((item) => this.#expression(item)).join(', ')})`;
      default:
        throw new Error(`${value.kind} cannot be part of an expression`);
    }
  }

  #symbol(name: string): string {
    if (name === 'i') return 'copyIndex()';
    const kind = this.#kinds.get(name);
    if (kind === 'param') return `parameters('${name}')`;
    if (kind === 'var') return `variables('${name}')`;
    throw new Error(`${name} is ${kind ?? 'not declared'}, and not a value`);
  }

  #member({ of, name }: Extract<Bicep, { kind: 'member' }>): string {
    const resource = this.#resourceOf(of);
    if (resource === undefined) return `${this.#expression(of)}.${name}`;
    const id = idOf(resource);
    if (name === 'id') return id;
    if (name === 'properties') return `reference(${id})`;
    throw new Error(`${name} of a resource is not known here`);
  }

  /** A resource, or one of a loop. What uses it, waits for it. */
  #resourceOf(value: Bicep): Symbol | undefined {
    const symbol = value.kind === 'index' ? value.of : value;
    const resource = symbol.kind === 'symbol' ? this.#resources.get(symbol.name) : undefined;
    if (resource !== undefined) this.#used.add(idOf(resource));
    return resource;
  }
}

/** Lines that are there already are joined here: as an expression they would be longer than Azure takes. */
function joined(value: Bicep): Bicep {
  const [lines, separator] = value.kind === 'call' && value.name === 'join' ? value.args : [];
  if (lines?.kind !== 'list' || separator?.kind !== 'text') return value;
  const texts = lines.items.map((line) => (line.kind === 'text' ? line.parts.join('') : ''));
  return { kind: 'text', parts: [texts.join(separator.parts.join(''))] };
}

function unrolled(value: Bicep): { readonly body: Bicep; readonly isLoop: boolean } {
  return value.kind === 'loop' ? { body: value.body, isLoop: true } : { body: value, isLoop: false };
}

function idOf({ type, names }: Symbol): string {
  return `resourceId(${[quoted(type), ...names].join(', ')})`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function braced(text: string): string {
  return text.replaceAll('{', '{{').replaceAll('}', '}}');
}
