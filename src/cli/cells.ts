/** Characters that take two cells on a terminal: East Asian wide and full-width ones (Unicode TR 11), and emoji. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;
const MARK = /\p{Mark}|\u200b|\u200d/u;

function cellsOf(character: string): number {
  if (character <= '~') return 1;
  return MARK.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
}

/** How many cells of a terminal a text without control sequences takes. */
export function cells(text: string): number {
  let sum = 0;
  for (const character of text) sum += cellsOf(character);
  return sum;
}

/** The text cut to that many cells, the last one an ellipsis when something had to go. */
export function fit(text: string, width: number): string {
  if (cells(text) <= width) return text;
  let kept = '';
  let sum = 1;
  for (const character of text) {
    sum += cellsOf(character);
    if (sum > width) break;
    kept += character;
  }
  return width > 0 ? `${kept}…` : '';
}
