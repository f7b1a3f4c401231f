import { UnsafeValueError } from '../errors/unsafe-value-error.ts';

// C0, DEL, C1, and the two Unicode line ends: no name, address or path that we print needs them, and several shells take
// some of them as the end of a statement.
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;

/** Whether a text is free of control characters and lone surrogates, so that quoting can carry it. */
export function isQuotable(text: string): boolean {
  return !CONTROL.test(text) && text.isWellFormed();
}

/** @throws UnsafeValueError when `name` is no identifier that every shell takes as a variable's name. */
export function checkName(name: string): void {
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) return;
  throw new UnsafeValueError(`${JSON.stringify(name)} cannot be the name of an environment variable`);
}

/** @throws UnsafeValueError when `value` holds control characters, such as a line end, or is no valid Unicode. */
export function checkValue(name: string, value: string): void {
  if (isQuotable(value)) return;
  throw new UnsafeValueError(
    `${name} cannot be set to ${JSON.stringify(value)}: it holds a control character or invalid Unicode`,
    { resource: name },
  );
}

/** @throws UnsafeValueError when `value` holds one of `characters`, which `shell` has no way to quote. */
export function refuseCharacters(shell: string, name: string, value: string, characters: string): void {
  const found = [...characters].find((character) => value.includes(character));
  if (found === undefined) return;
  throw new UnsafeValueError(
    `${name} cannot be set to ${value} in ${shell}, which would take the ${found} in it as its own`,
    { resource: name },
  );
}
