/** So many machines are named one by one. */
const MOST_NAMES = 8;

/** Machines in one line for people: all of them, or the first and the last of many. */
export function namesInShort(names: readonly string[]): string {
  if (names.length <= MOST_NAMES) return names.join(', ');
  return `${names.length} machines from ${names[0]} to ${names.at(-1)}`;
}
