import type { Arguments } from '../expressions/arguments.ts';
import type { Context } from '../expressions/context.ts';
import { many, type TemplateFunction } from '../expressions/template-function.ts';

// https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-resource

export const resourceIdFunctions: readonly TemplateFunction[] = [
  { name: 'resourceId', arity: [2, many], call: resourceId },
  {
    name: 'subscriptionResourceId',
    arity: [2, many],
    call(args, context) {
      const { before, type, names } = partsOf(args);
      return `/subscriptions/${before[0] ?? context.place.subscriptionId}/providers/${pathOf(args, type, names)}`;
    },
  },
  {
    name: 'tenantResourceId',
    arity: [2, many],
    call: (args) => `/providers/${pathOf(args, partsOf(args).type, partsOf(args).names)}`,
  },
  {
    name: 'extensionResourceId',
    arity: [3, many],
    call: (args) => `${args.text(0)}/providers/${pathOf(args, args.text(1), args.texts(2))}`,
  },
];

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** `[subscription,] [group,] type, name…`: the first with a slash is the type. */
function partsOf(args: Arguments): {
  readonly before: readonly string[];
  readonly type: string;
  readonly names: readonly string[];
} {
  const texts = args.texts();
  const at = texts.findIndex((text) => text.includes('/'));
  if (at < 0 || at > 2)
    throw args.fail(
      'the type of the resource must be given in the form "namespace/type", after at most a subscription and a resource group.',
    );
  return { before: texts.slice(0, at), type: texts[at] ?? '', names: texts.slice(at + 1) };
}

function resourceId(args: Arguments, context: Context): string {
  const { before, type, names } = partsOf(args);
  const [one, other] = before;
  const isSubscription = one !== undefined && (other !== undefined || uuid.test(one));
  const subscription = isSubscription ? one : context.place.subscriptionId;
  const group = isSubscription ? (other ?? context.place.group) : (one ?? context.place.group);
  const root = `/subscriptions/${subscription}`;
  return `${group === undefined ? root : `${root}/resourceGroups/${group}`}/providers/${pathOf(args, type, names)}`;
}

/** Types and names in turn. */
function pathOf(args: Arguments, type: string, names: readonly string[]): string {
  // Many templates write `namespace/type/`.
  const [namespace = '', ...types] = type.replace(/\/$/, '').split('/');
  const segments = names.flatMap((name) => name.split('/'));
  if (types.length === 0 || types.length !== segments.length)
    throw args.fail(
      `the type '${type}' requires '${types.length}' resource name argument(s), and '${segments.length}' were given.`,
    );
  return [namespace, ...types.flatMap((word, index) => [word, segments[index] ?? ''])].join('/');
}
