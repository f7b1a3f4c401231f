import { type Execution, plain, type Slot } from './execution.ts';
import { entryOf, GoStruct, isMap, typeName } from './value.ts';

/**
 * Follows `.A.B` from a value. `hasArguments` tells that more words follow, which only functions take.
 *
 * @throws UsageError in Go's words.
 */
export function selectFields(execution: Execution, base: Slot, names: readonly string[], hasArguments: boolean): Slot {
  return names.reduce(
    (slot, name, index) => selectField(execution, slot, name, hasArguments && index === names.length - 1),
    base,
  );
}

function selectField(execution: Execution, { value, isBoxed }: Slot, name: string, hasArguments: boolean): Slot {
  if (value === undefined) return plain(undefined);
  if (value === null) throw execution.error(`nil pointer evaluating interface {}.${name}`);
  if (value instanceof GoStruct) {
    if (!Object.hasOwn(value.fields, name)) throw execution.error(unknownField(name, value.typeName));
    if (hasArguments) throw execution.error(`${name} has arguments but cannot be invoked as function`);
    return plain(entryOf(value.fields, name));
  }
  if (!isMap(value)) throw execution.error(unknownField(name, isBoxed ? 'interface {}' : typeName(value)));
  if (hasArguments) throw execution.error(`${name} is not a method but has arguments`);
  return { value: entryOf(value, name), isBoxed: true };
}

function unknownField(name: string, type: string): string {
  return `can't evaluate field ${name} in type ${type}`;
}
