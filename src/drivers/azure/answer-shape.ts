import { FREE, type Kind, kindOf } from './answer-kinds.ts';

/** Levels of objects and lists in each other. Answers of Azure have a dozen. */
const MOST_LEVELS = 60;

/**
 * Takes out of an answer what is not of the kind that it should be, and what is null, so that nothing behind has to look: to azdock both
 * are the same as what is not there, which every reader expects.
 *
 * @returns where something of another kind stood
 * @throws RangeError when the answer is nested too deep
 */
export function tidyAnswer(answer: unknown): readonly string[] {
  const misfits: string[] = [];
  tidy(answer, { path: '', container: '', levels: 0 }, misfits);
  return misfits;
}

interface Level {
  readonly path: string;
  /** Name of the member that the value is, or is listed in. */
  readonly container: string;
  readonly levels: number;
}

/** Answers can have megabytes, so nothing is copied. */
function tidy(value: unknown, level: Level, misfits: string[]): void {
  if (typeof value !== 'object' || value === null) return;
  const { path, container } = level;
  const levels = level.levels + 1;
  if (levels > MOST_LEVELS) throw new RangeError(`more than ${MOST_LEVELS} levels`);
  if (Array.isArray(value)) {
    takeOutNulls(value);
    for (const item of value) tidy(item, { path, container, levels }, misfits);
    return;
  }
  for (const [name, member] of Object.entries(value)) {
    const below = path === '' ? name : `${path}.${name}`;
    const isTags = name === 'tags' && typeof member === 'object' && member !== null;
    if (member === null || !isKind(member, kindOf(name, { parent: value, container, levels: level.levels }))) {
      if (member !== null) misfits.push(below);
      Reflect.deleteProperty(value, name);
    } else if (isTags) tidyTags(member, below, misfits);
    else if (!FREE.has(name)) tidy(member, { path: below, container: name, levels }, misfits);
  }
}

function takeOutNulls(list: unknown[]): void {
  let kept = 0;
  for (const item of list) if (item !== null) list[kept++] = item;
  list.length = kept;
}

function isKind(value: unknown, kind: Kind | undefined): boolean {
  switch (kind) {
    case undefined:
      return true;
    case 'text':
    case 'texts':
      return kind === 'text' ? typeof value === 'string' : isListOf(value, (item) => typeof item === 'string');
    case 'number':
      return typeof value === 'number';
    case 'object':
      return isObject(value);
    case 'objects':
      return isListOf(value, isObject);
    case 'list':
      return Array.isArray(value);
    case 'plain':
      return typeof value !== 'object';
  }
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isListOf(value: unknown, isOne: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every((item) => item === null || isOne(item));
}

function tidyTags(tags: object, path: string, misfits: string[]): void {
  for (const [name, value] of Object.entries(tags)) {
    if (typeof value === 'string') continue;
    if (value !== null) misfits.push(`${path}.${name}`);
    Reflect.deleteProperty(tags, name);
  }
}
