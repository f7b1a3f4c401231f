import type { Expression, Resource } from './expression.ts';

/** Types of parameters, in the words of ARM templates. */
export type ParameterType = 'string' | 'secureString' | 'int' | 'array' | 'secureObject';

export interface TemplateParameter {
  readonly name: string;
  readonly type: ParameterType;
  /** A sentence for those who deploy it. */
  readonly description: string;
  /** Without one the parameter has to be given. */
  readonly defaultValue?: string | number;
  readonly minValue?: number;
}

/** A text of the template's own. */
export interface TemplateVariable {
  readonly name: string;
  readonly text: string;
}

export interface TemplateOutput {
  readonly name: string;
  /** Of one machine. */
  readonly value: string | Expression;
}

/** A template, before it is written in one language or the other. */
export interface Template {
  /** One line on what it makes. */
  readonly description: string;
  readonly parameters: readonly TemplateParameter[];
  readonly variables: readonly TemplateVariable[];
  /** In an order in which they can be made. */
  readonly resources: readonly Resource[];
  readonly outputs: readonly TemplateOutput[];
  /** It makes as many machines as parameter `count` says; repeated resources and the outputs are there for each. */
  readonly isLoop: boolean;
}
