// A template comes from a flag or a script. These bounds are far beyond what a listing needs, and keep a mistake from taking
// the computer's memory or an hour.

/** Words and statements that one execution may evaluate. */
export const MAX_STEPS = 1_000_000;
/** Templates that may call each other, one inside the other. */
export const MAX_CALL_DEPTH = 100;
/** Blocks and parentheses that may stand inside each other. */
export const MAX_NESTING = 200;
/** Length of the output and of any text on the way, in UTF-16 units. */
export const MAX_TEXT = 16 * 1024 * 1024;
/** Width and precision in a format of `printf`. */
export const MAX_WIDTH = 10_000;
