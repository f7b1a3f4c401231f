import type { Arguments } from '../expressions/arguments.ts';
import type { Json } from '../../json.ts';
import { parseAsJson, parseJson } from '../../json.ts';
import type { TemplateFunction } from '../expressions/template-function.ts';

// https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-string

const encoded = (text: string): string => Buffer.from(text, 'utf8').toString('base64');

export const encodingFunctions: readonly TemplateFunction[] = [
  { name: 'base64', arity: [1, 1], call: (args) => encoded(args.text(0)) },
  { name: 'base64ToString', arity: [1, 1], call: decoded },
  { name: 'base64ToJson', arity: [1, 1], call: (args) => jsonOf(args, decoded(args)) },
  { name: 'dataUri', arity: [1, 1], call: (args) => `data:text/plain;charset=utf8;base64,${encoded(args.scalar(0))}` },
  { name: 'dataUriToString', arity: [1, 1], call: dataUriToString },
  { name: 'json', arity: [1, 1], call: (args) => jsonOf(args, args.text(0)) },
  { name: 'uri', arity: [2, 2], call: uri },
  { name: 'uriComponent', arity: [1, 1], call: (args) => encodeURIComponent(args.text(0)) },
  { name: 'uriComponentToString', arity: [1, 1], call: uriComponentToString },
];

function decoded(args: Arguments): string {
  const text = args.text(0);
  if (!/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(text)) throw args.fail('the value is not a valid base64 string.');
  return Buffer.from(text, 'base64').toString('utf8');
}

/** Azure takes single quotes for double ones. */
function jsonOf(args: Arguments, text: string): Json {
  for (const candidate of [text, text.replaceAll("'", '"')]) {
    try {
      const value = parseJson(candidate);
      return value === undefined ? null : parseAsJson(value);
    } catch {
      // Perhaps with the other quotes.
    }
  }
  throw args.fail('the value is not valid JSON.');
}

function dataUriToString(args: Arguments): string {
  const [, parameters = '', data] = /^data:([^,]*),(.*)$/is.exec(args.text(0)) ?? [];
  if (data === undefined) throw args.fail('the value is not a data URI.');
  return /;base64$/i.test(parameters) ? Buffer.from(data, 'base64').toString('utf8') : decodeURIComponent(data);
}

/** https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-string#uri */
function uri(args: Arguments): string {
  const [base, relative] = [args.text(0), args.text(1)];
  if (!URL.canParse(base)) throw args.fail(`'${base}' is not a URI.`);
  return new URL(relative, base).href;
}

function uriComponentToString(args: Arguments): string {
  try {
    return decodeURIComponent(args.text(0));
  } catch {
    throw args.fail('the value is not a URI component.');
  }
}
