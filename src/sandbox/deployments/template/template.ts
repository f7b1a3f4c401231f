import type { Json, JsonObject } from '../../json.ts';

/** Types of parameters and outputs, in Azure's spelling. */
export type TemplateType = 'String' | 'SecureString' | 'Int' | 'Bool' | 'Object' | 'SecureObject' | 'Array';

export interface ParameterDeclaration {
  readonly name: string;
  readonly type: TemplateType;
  /** Undefined when there is none; `null` is a value. */
  readonly defaultValue: Json | undefined;
  readonly allowedValues: readonly Json[] | undefined;
  readonly minValue: number | undefined;
  readonly maxValue: number | undefined;
  readonly minLength: number | undefined;
  readonly maxLength: number | undefined;
  readonly isNullable: boolean;
}

export interface OutputDeclaration {
  readonly name: string;
  readonly type: TemplateType;
  readonly condition: Json;
  readonly value: Json | undefined;
  readonly copy: { readonly count: Json; readonly input: Json } | undefined;
}

export interface CopyDeclaration {
  readonly name: string;
  readonly count: Json;
  readonly isSerial: boolean;
  readonly batchSize: number;
}

/** A resource as a template declares it; those nested in it stand for themselves, and know their parent. */
export interface ResourceDeclaration {
  /** Key in the object form of `resources`. */
  readonly symbol: string | undefined;
  readonly parent: ResourceDeclaration | undefined;
  /** May be an expression, as may `name`; those of a nested resource are what follows its parent's. */
  readonly type: string;
  readonly name: string;
  readonly apiVersion: string;
  readonly condition: Json;
  readonly copy: CopyDeclaration | undefined;
  readonly dependsOn: readonly string[];
  /** True for one that is only referred to. */
  readonly isExisting: boolean;
  /** Where it is, if not where the deployment is. */
  readonly resourceGroup: string | undefined;
  readonly subscriptionId: string | undefined;
  /** What is sent to the resource provider, not yet evaluated. */
  readonly body: JsonObject;
}

/** A template that has the right form. */
export interface Template {
  readonly parameters: readonly ParameterDeclaration[];
  readonly variables: JsonObject;
  readonly resources: readonly ResourceDeclaration[];
  readonly outputs: readonly OutputDeclaration[];
  /** As it was sent. */
  readonly source: JsonObject;
}

/** True for a value that is never shown. */
export const isSecure = (type: TemplateType): boolean => type === 'SecureString' || type === 'SecureObject';

/** Type of a nested deployment. */
export const deploymentType = 'Microsoft.Resources/deployments';
