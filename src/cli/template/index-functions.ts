import { FunctionError } from './function-error.ts';
import { entryOf, type GoValue, isList, isMap, typeName } from './value.ts';

/** Go's `len`; of a text in bytes. @throws FunctionError in Go's words. */
export function lengthOf(value: GoValue): GoValue {
  if (value === undefined) throw new FunctionError('reflect: call of reflect.Value.Type on zero Value');
  if (value === null) throw new FunctionError('len of nil pointer');
  if (typeof value === 'string') return BigInt(Buffer.byteLength(value));
  if (isList(value)) return BigInt(value.length);
  if (isMap(value)) return BigInt(Object.keys(value).length);
  throw new FunctionError(`len of type ${typeName(value)}`);
}

/** Go's `index`: `index x 1 2` is `x[1][2]`. @throws FunctionError in Go's words. */
export function indexValue(item: GoValue, indexes: readonly GoValue[]): GoValue {
  if (item === undefined || item === null) throw new FunctionError('index of untyped nil');
  return indexes.reduce(indexOnce, item);
}

function indexOnce(item: GoValue, index: GoValue): GoValue {
  if (item === undefined || item === null) throw new FunctionError('index of nil pointer');
  if (typeof item === 'string') {
    const bytes = Buffer.from(item);
    return BigInt(bytes.readUInt8(parsePosition('string', bytes.length, index)));
  }
  if (isList(item)) return item[parsePosition('slice', item.length, index)];
  if (!isMap(item)) throw new FunctionError(`can't index item of type ${typeName(item)}`);
  if (index === undefined || index === null) throw new FunctionError('value is nil; should be of type string');
  if (typeof index !== 'string') throw new FunctionError(`value has type ${typeName(index)}; should be string`);
  return entryOf(item, index) ?? null;
}

function parsePosition(kind: 'string' | 'slice', length: number, index: GoValue): number {
  const position = parseIndex(index, length);
  if (position === length) throw new FunctionError(`reflect: ${kind} index out of range`);
  return position;
}

/** Go's `slice`: `slice x 1 2` is `x[1:2]`; of a text in bytes. @throws FunctionError in Go's words. */
export function sliceValue(item: GoValue, indexes: readonly GoValue[]): GoValue {
  if (item === undefined || item === null) throw new FunctionError('slice of untyped nil');
  if (indexes.length > 3) throw new FunctionError(`too many slice indexes: ${indexes.length}`);
  if (typeof item === 'string' && indexes.length === 3) throw new FunctionError('cannot 3-index slice a string');
  if (typeof item !== 'string' && !isList(item)) throw new FunctionError(`can't slice item of type ${typeName(item)}`);
  const bytes = typeof item === 'string' ? Buffer.from(item) : undefined;
  const length = bytes?.length ?? item.length;
  const [start = 0, end = length, capacity = length] = indexes.map((index) => parseIndex(index, length));
  if (start > end) throw new FunctionError(`invalid slice index: ${start} > ${end}`);
  if (end > capacity) throw new FunctionError(`invalid slice index: ${end} > ${capacity}`);
  return bytes?.subarray(start, end).toString() ?? item.slice(start, end);
}

function parseIndex(index: GoValue, last: number): number {
  if (index === undefined || index === null) throw new FunctionError('cannot index slice/array with nil');
  if (typeof index !== 'bigint') throw new FunctionError(`cannot index slice/array with type ${typeName(index)}`);
  if (index < 0n || index > BigInt(last)) throw new FunctionError(`index out of range: ${index}`);
  return Number(index);
}
