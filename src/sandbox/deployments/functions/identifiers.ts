import { createHash, randomUUID } from 'node:crypto';
import type { Context } from '../expressions/context.ts';
import { TemplateError } from '../expressions/template-error.ts';
import { many, type TemplateFunction } from '../expressions/template-function.ts';
import { dateText } from './date-text.ts';

export const identifierFunctions: readonly TemplateFunction[] = [
  { name: 'guid', arity: [1, many], call: (args) => nameBasedUuid(args.texts().join('-')) },
  { name: 'uniqueString', arity: [1, many], call: (args) => uniqueString(args.texts().join('-')) },
  {
    name: 'newGuid',
    arity: [0, 0],
    call(_args, context) {
      requireDefaultValue('newGuid', context);
      return randomUUID();
    },
  },
  {
    name: 'utcNow',
    arity: [0, 1],
    call(args, context) {
      requireDefaultValue('utcNow', context);
      return dateText(context.place.nowMs, args.optionalText(0) ?? "yyyyMMdd'T'HHmmss'Z'");
    },
  },
];

/** They give another value each time, so a template may not use them where it says what is to be. */
function requireDefaultValue(name: string, context: Context): void {
  if (!context.isDefaultValue)
    throw new TemplateError(
      `The template function '${name}' is not expected at this location: it can only be used in the default value of a parameter. Please see https://aka.ms/arm-template-expressions for usage details.`,
    );
}

/** https://learn.microsoft.com/azure/azure-resource-manager/bicep/bicep-functions-string#guid */
const namespace = Buffer.from('11fb06fb712d4ddd98c7e71bbd588830', 'hex');

/** RFC 4122, version 5. */
function nameBasedUuid(name: string): string {
  const bytes = createHash('sha1').update(namespace).update(name, 'utf8').digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

const letters = 'abcdefghijklmnopqrstuvwxyz234567';

/** 13 letters and digits, as in Azure; which ones differs, because Azure's hash is its own. */
function uniqueString(seed: string): string {
  let rest = createHash('sha256').update(seed, 'utf8').digest().readBigUInt64BE();
  let text = '';
  while (text.length < 13) {
    text += letters.charAt(Number(rest % 32n));
    rest /= 32n;
  }
  return text;
}
