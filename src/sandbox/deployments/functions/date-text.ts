import { TemplateError } from '../expressions/template-error.ts';

const token = /'[^']*'|\\.|y+|M+|d+|H+|h+|m+|s+|f+|t+|./gs;

const pad = (value: number, digits: number): string => String(value).padStart(digits, '0');

/** Standard formats that are one letter: https://learn.microsoft.com/dotnet/standard/base-types/standard-date-and-time-format-strings */
const standard: Readonly<Record<string, string>> = {
  d: 'MM/dd/yyyy',
  u: "yyyy'-'MM'-'dd HH':'mm':'ss'Z'",
  s: "yyyy'-'MM'-'dd'T'HH':'mm':'ss",
  o: "yyyy'-'MM'-'dd'T'HH':'mm':'ss'.'fffffff'Z'",
};

/** A time in UTC by a format of .NET's made of numbers. @throws TemplateError for names of days, months and zones */
export function dateText(ms: number, format: string): string {
  const date = new Date(ms);
  const pattern = format.length === 1 ? standard[format === 'O' ? 'o' : format] : format;
  if (pattern === undefined) throw new TemplateError(`The date format '${format}' is not one that the sandbox knows.`);
  return [...pattern.matchAll(token)].map(([part]) => partText(date, part)).join('');
}

function partText(date: Date, part: string): string {
  if (part.startsWith("'")) return part.slice(1, -1);
  if (part.startsWith('\\')) return part.slice(1);
  switch (part.charAt(0)) {
    case 'y':
      return part.length <= 2 ? pad(date.getUTCFullYear() % 100, part.length) : pad(date.getUTCFullYear(), part.length);
    case 'H':
      return pad(date.getUTCHours(), part.length);
    case 'h':
      return pad(date.getUTCHours() % 12 || 12, part.length);
    case 'm':
      return pad(date.getUTCMinutes(), part.length);
    case 's':
      return pad(date.getUTCSeconds(), part.length);
    case 'f':
      return `${pad(date.getUTCMilliseconds(), 3)}0000`.slice(0, part.length);
    case 't':
      return (date.getUTCHours() < 12 ? 'AM' : 'PM').slice(0, part.length);
    default:
      return dayOrMonth(date, part);
  }
}

function dayOrMonth(date: Date, part: string): string {
  const isDay = part.startsWith('d');
  if (!isDay && !part.startsWith('M')) return part;
  if (part.length > 2) throw new TemplateError(`The date format '${part}' is not one that the sandbox knows.`);
  return pad(isDay ? date.getUTCDate() : date.getUTCMonth() + 1, part.length);
}
