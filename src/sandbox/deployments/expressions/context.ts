import type { Json, JsonObject } from '../../json.ts';
import type { Budget } from './budget.ts';
import type { Reference } from './template-error.ts';

/** An iteration of a `copy` that is going on. */
export interface Loop {
  readonly name: string;
  readonly index: number;
  /** True for the loop over a resource, which `copyIndex()` without a name means. */
  readonly isOfResource: boolean;
}

/** What a deployment knows of the place that it is for. */
export interface Place {
  readonly subscriptionId: string;
  /** Name of the resource group; undefined at the scope of a subscription. */
  readonly group: string | undefined;
  /** The same, unless a nested deployment into another group is evaluated as a part of the outer one. */
  readonly targetGroup: string | undefined;
  readonly subscription: JsonObject;
  /** Undefined at the scope of a subscription. */
  readonly resourceGroup: JsonObject | undefined;
  readonly deployment: JsonObject;
  readonly environment: JsonObject;
  readonly tenant: JsonObject;
  readonly nowMs: number;
  /** Availability zones of a region; none for a type that has none. */
  readonly zonesOf: (type: string, location: string) => readonly string[];
}

/** Where an expression stands, and what it can see from there. */
export interface Context {
  readonly budget: Budget;
  readonly place: Place;
  /** @throws TemplateError for a parameter that is not declared. */
  readonly parameter: (name: string) => Json;
  /** @throws TemplateError for a variable that is not declared. */
  readonly variable: (name: string) => Json;
  readonly loops: readonly Loop[];
  /** Variables of the lambdas around, by name. */
  readonly lambdaVariables: ReadonlyMap<string, Json>;
  /** In the default value of a parameter, where alone `utcNow` and `newGuid` may be called. */
  readonly isDefaultValue: boolean;
  /** The whole resource. Missing where the values of resources are not to be had. @throws ReferenceNeeded */
  readonly reference: ((wanted: Reference) => Json) | undefined;
  /** All instances of a symbolic name that is a loop, or of one resource. @throws TemplateError for none */
  readonly symbol: ((name: string) => readonly SymbolInfo[]) | undefined;
}

/** What is known of a resource before it is there. */
export interface SymbolInfo {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly apiVersion: string;
  /** How `reference` names it. */
  readonly symbol: string;
}
