/** Characters that steer a terminal or reverse the reading direction, all but line feed and tab. */
const STEERING = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/**
 * Makes text from outside safe to show: characters that steer a terminal or reverse the reading direction become visible
 * escapes. Line feeds and tabs stay.
 */
export function printable(text: string): string {
  return text.replace(STEERING, (character) => {
    const code = character.charCodeAt(0);
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : unicodeEscape(code);
  });
}

/** As {@link printable}, and on one line. */
export function printableLine(text: string): string {
  return printable(text.replace(/\s+/g, ' ').trim());
}

/** JSON that says the same and is safe to show: its own rules (RFC 8259, 7) leave DEL, C1 and what reverses the direction as they are. */
export function printableJson(json: string): string {
  return json.replace(STEERING, (character) => unicodeEscape(character.charCodeAt(0)));
}

function unicodeEscape(code: number): string {
  return `\\u${code.toString(16).padStart(4, '0')}`;
}
