/** A value of Bicep, as far as azdock's templates use the language. */
export type Bicep =
  | { readonly kind: 'text'; readonly parts: readonly (string | Bicep)[] }
  | { readonly kind: 'plain'; readonly value: number | boolean | null }
  | { readonly kind: 'list'; readonly items: readonly Bicep[] }
  | { readonly kind: 'object'; readonly members: readonly (readonly [string, Bicep])[] }
  | { readonly kind: 'symbol'; readonly name: string }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Bicep[] }
  | { readonly kind: 'member'; readonly of: Bicep; readonly name: string }
  | { readonly kind: 'index'; readonly of: Bicep; readonly at: Bicep }
  | { readonly kind: 'sum'; readonly left: Bicep; readonly right: Bicep }
  | { readonly kind: 'loop'; readonly variable: string; readonly over: Bicep; readonly body: Bicep };

/** `param`, `var`, `resource`, `output` or `metadata`. */
export interface Declaration {
  readonly keyword: string;
  readonly name: string;
  /** Type of a parameter or output; `type@version` of a resource. */
  readonly type: string;
  readonly value: Bicep | undefined;
  /** Names of decorators with their arguments. */
  readonly decorators: readonly Bicep[];
}

/**
 * Reads Bicep by the language's documentation (learn.microsoft.com, "Bicep file structure and syntax", "Data types", "Loops"), without
 * a line of what writes it. @throws Error with the place where it cannot go on
 */
export function readBicep(source: string): readonly Declaration[] {
  const reader = new Reader(source);
  const declarations: Declaration[] = [];
  while (!reader.isAtEnd()) declarations.push(reader.declaration());
  return declarations;
}

class Reader {
  readonly #source: string;
  #at = 0;

  constructor(source: string) {
    this.#source = source;
    this.#skipLines();
  }

  isAtEnd(): boolean {
    return this.#at >= this.#source.length;
  }

  declaration(): Declaration {
    const decorators: Bicep[] = [];
    while (this.#take('@')) {
      decorators.push(this.#value());
      this.#endLine();
    }
    const keyword = this.#word();
    const name = this.#word();
    const isResource = keyword === 'resource';
    const type = isResource ? this.#quotedText() : /^(param|output)$/.test(keyword) ? this.#word() : '';
    const value = this.#take('=') ? this.#value() : undefined;
    this.#endLine();
    return { keyword, name, type, value, decorators };
  }

  #value(): Bicep {
    let left = this.#primary();
    for (;;) {
      if (this.#source[this.#at] === '.') {
        this.#at += 1;
        left = { kind: 'member', of: left, name: this.#word() };
      } else if (this.#source[this.#at] === '[') {
        this.#at += 1;
        this.#skipBlanks();
        left = { kind: 'index', of: left, at: this.#value() };
        this.#expect(']');
      } else if (/^ \+ /.test(this.#source.slice(this.#at, this.#at + 3))) {
        this.#at += 3;
        left = { kind: 'sum', left, right: this.#primary() };
      } else return left;
    }
  }

  #primary(): Bicep {
    this.#skipBlanks();
    const rest = this.#source.slice(this.#at, this.#at + 40);
    if (rest.startsWith("'''")) return { kind: 'text', parts: [this.#raw()] };
    if (rest.startsWith("'")) return this.#text();
    if (rest.startsWith('[')) return this.#listOrLoop();
    if (rest.startsWith('{')) return this.#object();
    const [number] = /^-?\d+(?![\w.])/.exec(rest) ?? [];
    if (number !== undefined) {
      this.#at += number.length;
      return { kind: 'plain', value: Number(number) };
    }
    const name = this.#word();
    if (name === 'true' || name === 'false') return { kind: 'plain', value: name === 'true' };
    if (name === 'null') return { kind: 'plain', value: null };
    return this.#source[this.#at] === '(' ? this.#call(name) : { kind: 'symbol', name };
  }

  #call(name: string): Bicep {
    this.#at += 1;
    const args: Bicep[] = [];
    this.#skipLines();
    while (!this.#take(')')) {
      args.push(this.#value());
      this.#take(',');
      this.#skipLines();
    }
    return { kind: 'call', name, args };
  }

  #listOrLoop(): Bicep {
    this.#expect('[');
    if (this.#take('for ')) {
      const variable = this.#word();
      this.#expect('in ');
      const over = this.#value();
      this.#expect(':');
      const loop: Bicep = { kind: 'loop', variable, over, body: this.#value() };
      this.#expect(']');
      return loop;
    }
    const items: Bicep[] = [];
    this.#skipLines();
    while (!this.#take(']')) {
      items.push(this.#value());
      this.#endLine();
    }
    return { kind: 'list', items };
  }

  #object(): Bicep {
    this.#expect('{');
    const members: [string, Bicep][] = [];
    this.#skipLines();
    while (!this.#take('}')) {
      const key = this.#source[this.#at] === "'" ? this.#quotedText() : this.#word();
      this.#expect(':');
      members.push([key, this.#value()]);
      this.#endLine();
    }
    return { kind: 'object', members };
  }

  /** Between three quotes nothing is special, and a line feed right after the first three is none of it. */
  #raw(): string {
    const end = this.#source.indexOf("'''", this.#at + 3);
    if (end === -1) throw this.#stuck('the end of a text of many lines');
    const text = this.#source.slice(this.#at + 3, end);
    this.#at = end + 3;
    return text.replace(/^\r?\n/, '');
  }

  #text(): Extract<Bicep, { kind: 'text' }> {
    this.#expect("'");
    const parts: (string | Bicep)[] = [];
    let part = '';
    for (;;) {
      const character = this.#source[this.#at];
      if (character === undefined || character === '\n') throw this.#stuck('the end of a text');
      this.#at += 1;
      if (character === "'") return { kind: 'text', parts: [...parts, part] };
      if (character === '$' && this.#source[this.#at] === '{') {
        this.#at += 1;
        parts.push(part, this.#value());
        part = '';
        this.#expect('}');
      } else part += character === '\\' ? this.#escape() : character;
    }
  }

  #escape(): string {
    const character = this.#source[this.#at] ?? '';
    this.#at += 1;
    const [, code] = character === 'u' ? (/^\{([0-9a-f]+)\}/i.exec(this.#source.slice(this.#at)) ?? []) : [];
    if (code !== undefined) {
      this.#at += code.length + 2;
      return String.fromCodePoint(Number.parseInt(code, 16));
    }
    const known: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '\\': '\\', "'": "'", $: '$' };
    const meant = known[character];
    if (meant === undefined) throw this.#stuck('a character that can be escaped');
    return meant;
  }

  #quotedText(): string {
    this.#skipBlanks();
    const { parts } = this.#text();
    if (parts.some((part) => typeof part !== 'string')) throw this.#stuck('a text without expressions');
    return parts.join('');
  }

  #word(): string {
    this.#skipBlanks();
    const [word] = /^[A-Za-z_][A-Za-z0-9_]*/.exec(this.#source.slice(this.#at, this.#at + 80)) ?? [];
    if (word === undefined) throw this.#stuck('a name');
    this.#at += word.length;
    return word;
  }

  #take(word: string): boolean {
    this.#skipBlanks();
    if (!this.#source.startsWith(word, this.#at)) return false;
    this.#at += word.length;
    return true;
  }

  #expect(word: string): void {
    if (!this.#take(word)) throw this.#stuck(`"${word}"`);
  }

  /** A line feed ends every declaration, member and item. */
  #endLine(): void {
    this.#skipBlanks();
    if (!this.isAtEnd() && this.#source[this.#at] !== '\n') throw this.#stuck('the end of the line');
    this.#skipLines();
  }

  #skipBlanks(): void {
    while (this.#source[this.#at] === ' ') this.#at += 1;
  }

  #skipLines(): void {
    while (/\s/.test(this.#source[this.#at] ?? '')) this.#at += 1;
  }

  #stuck(wanted: string): Error {
    const line = this.#source.slice(0, this.#at).split('\n').length;
    return new Error(
      `line ${line}: ${wanted} expected, found ${JSON.stringify(this.#source.slice(this.#at, this.#at + 30))}`,
    );
  }
}
