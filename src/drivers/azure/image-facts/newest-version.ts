/** The highest of versions called `major.minor.patch`; undefined when there are none. */
export function newestOf<T extends { readonly name?: string }>(versions: readonly T[]): T | undefined {
  return [...versions].sort((one, other) => compare(one.name, other.name)).at(-1);
}

function compare(one: string | undefined, other: string | undefined): number {
  const [parts, others] = [numbers(one), numbers(other)];
  const at = parts.findIndex((part, index) => part !== (others[index] ?? 0));
  return at === -1 ? parts.length - others.length : (parts[at] ?? 0) - (others[at] ?? 0);
}

function numbers(version: string | undefined): number[] {
  return (version ?? '').split('.').map(Number);
}
