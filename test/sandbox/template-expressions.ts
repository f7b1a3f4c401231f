import { Budget } from '../../src/sandbox/deployments/expressions/budget.ts';
import type { Context } from '../../src/sandbox/deployments/expressions/context.ts';
import { valueOfText } from '../../src/sandbox/deployments/expressions/evaluate-json.ts';
import type { Json } from './raw-https.ts';

export const subscriptionId = '11111111-1111-1111-1111-111111111111';

const nothing = (name: string): never => {
  throw new Error(`no ${name}`);
};

/** A place for expressions: group `rg` in West Europe, with these parameters. */
export function contextWith(parameters: Json = {}, more: Partial<Context> = {}): Context {
  return {
    budget: new Budget(),
    parameter: (name) => parameters[name] ?? nothing(name),
    variable: nothing,
    loops: [],
    lambdaVariables: new Map(),
    isDefaultValue: false,
    reference: undefined,
    symbol: undefined,
    place: {
      subscriptionId,
      group: 'rg',
      targetGroup: 'rg',
      subscription: { subscriptionId, id: `/subscriptions/${subscriptionId}` },
      resourceGroup: { name: 'rg', location: 'westeurope' },
      deployment: { name: 'dev' },
      environment: { name: 'AzureCloud' },
      tenant: {},
      nowMs: Date.parse('2026-11-20T09:05:03.040Z'),
      zonesOf: (_type, location) => (location === 'westeurope' ? ['1', '2', '3'] : []),
    },
    ...more,
  };
}

/** The value of a text of a template, with or without brackets around it. */
export function value(text: string, parameters: Json = {}, more: Partial<Context> = {}): Json {
  return valueOfText(text, contextWith(parameters, more));
}
