import { isPrintable } from './quote.ts';

const HTML: Readonly<Record<string, string>> = {
  '\0': '\ufffd',
  '"': '&#34;',
  "'": '&#39;',
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
};

/** Go's `template.HTMLEscapeString`. */
export function escapeHtml(text: string): string {
  return text.replace(/[\0"'&<>]/g, (character) => HTML[character] ?? character);
}

/** Go's `template.JSEscapeString`. */
export function escapeJs(text: string): string {
  return Array.from(text, (rune) => {
    if (/[\\'"]/.test(rune)) return `\\${rune}`;
    if (!/[<>&=]/.test(rune) && isPrintable(rune)) return rune;
    return `\\u${(rune.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  }).join('');
}

/** Go's `url.QueryEscape`. */
export function escapeQuery(text: string): string {
  return encodeURIComponent(text.toWellFormed())
    .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replace(/%20/g, '+');
}
