/** A secret to look for, and what to call it when it is found. */
export interface KnownSecret {
  readonly name: string;
  readonly value: string;
}

/** Shorter pieces of a secret could be found by chance. */
const SHORTEST = 8;

/**
 * Everything as which a text can turn up: as it is or one end of it, as JSON and shells quote it, in URLs, in base64 at any
 * offset, in hex.
 *
 * @param options.withEnds the value is so random that eight characters of it are found nowhere by chance
 */
export function shapesOf(value: string, { withEnds = true }: { readonly withEnds?: boolean } = {}): string[] {
  const json = JSON.stringify(value).slice(1, -1);
  const url = encodeURIComponent(value);
  const form = new URLSearchParams({ v: value }).toString().slice(2);
  const shell = value.replaceAll("'", `'\\''`);
  const encoded = [value, json].flatMap(base64Shapes);
  const ends = withEnds ? [value.slice(0, SHORTEST), value.slice(-SHORTEST)] : [];
  const shapes = [value, ...ends, json, json.replaceAll('/', '\\/'), url, form, shell, ...encoded];
  return [...new Set([...shapes, Buffer.from(value).toString('hex')])].filter(({ length }) => length >= SHORTEST);
}

/** The part of its base64 that does not depend on what stands before and behind, for each of the three offsets. */
function base64Shapes(value: string): string[] {
  return [0, 1, 2].flatMap((offset) => {
    const padded = Buffer.concat([Buffer.alloc(offset), Buffer.from(value)]);
    const text = padded.toString('base64').replace(/=+$/, '');
    const whole = padded.length % 3 === 0 ? text : text.slice(0, -1);
    const inner = whole.slice(offset === 0 ? 0 : offset + 1);
    return [inner, inner.replaceAll('+', '-').replaceAll('/', '_')];
  });
}

/**
 * Lines out of a PEM private key's body, here and there: no part of it may be seen anywhere. They come from behind the
 * modulus, a fifth of an RSA key in PKCS #1 or #8 that certificates show as well.
 */
export function keyLines(name: string, pem: string): KnownSecret[] {
  const lines = pem.split('\n').filter((line) => /^[A-Za-z0-9+/]{64,76}$/.test(line));
  return [0.4, 0.7, 0.9].flatMap((share) => {
    const at = Math.floor(lines.length * share);
    const value = lines[at];
    return value === undefined ? [] : [{ name: `${name}, line ${at + 2}`, value }];
  });
}

/** Names of the secrets that stand in a text in any shape. */
export function secretsIn(text: string, secrets: readonly KnownSecret[]): string[] {
  const found = secrets.filter(({ value }) => shapesOf(value).some((shape) => text.includes(shape)));
  // Tokens are made on the way, so that nobody knows them beforehand: three parts of base64url, the first a JSON object.
  const tokens = text.match(/\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,}/g) ?? [];
  return [...found.map(({ name }) => name), ...tokens.map(() => 'a token')];
}
