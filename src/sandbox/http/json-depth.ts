/** Deeper JSON is nobody's request, and would break what goes through it member by member. */
const deepest = 200;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** True for JSON that is nested deeper than the sandbox reads. */
export function isTooDeep(json: Buffer): boolean {
  let depth = 0;
  let isText = false;
  for (let at = 0; at < json.length; at += 1) {
    const byte = json[at];
    if (isText && byte === BACKSLASH) at += 1;
    else if (byte === QUOTE) isText = !isText;
    else if (isText) continue;
    // [ and {, then ] and }.
    else if (byte === 0x5b || byte === 0x7b) depth += 1;
    else if (byte === 0x5d || byte === 0x7d) depth -= 1;
    if (depth > deepest) return true;
  }
  return false;
}
