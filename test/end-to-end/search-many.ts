/** Bytes that decide whether a place is looked at closely. */
const PREFIX = 8;
/** Bits of the table that says which first bytes can be the beginning of anything. */
const TABLE_BITS = 20;

/**
 * Searches texts for thousands of others at once, in a time that hardly depends on how many they are.
 *
 * @param wanted texts of at least eight characters, all of latin1, and what to call each
 */
export function searchFor(wanted: ReadonlyMap<string, string>): (text: Buffer) => Set<string> {
  const table = new Uint8Array(2 ** TABLE_BITS);
  const byPrefix = new Map<string, [text: Buffer, name: string][]>();
  for (const [text, name] of wanted) {
    const bytes = Buffer.from(text, 'latin1');
    if (bytes.length < PREFIX) throw new RangeError(`${name} is too short to be searched for`);
    const prefix = bytes.toString('latin1', 0, PREFIX);
    byPrefix.set(prefix, [...(byPrefix.get(prefix) ?? []), [bytes, name]]);
    table[slotOf(bytes, 0)] = 1;
  }
  return (text) => {
    const found = new Set<string>();
    for (let at = 0; at <= text.length - PREFIX; at += 1) {
      if (table[slotOf(text, at)] === 0) continue;
      for (const [bytes, name] of byPrefix.get(text.toString('latin1', at, at + PREFIX)) ?? [])
        if (text.compare(bytes, 0, bytes.length, at, Math.min(at + bytes.length, text.length)) === 0) found.add(name);
    }
    return found;
  };
}

/** The first four bytes, mixed (Knuth, The Art of Computer Programming 3, 6.4: multiplicative hashing). */
function slotOf(bytes: Buffer, at: number): number {
  const first =
    (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24);
  return Math.imul(first, 2_654_435_761) >>> (32 - TABLE_BITS);
}
