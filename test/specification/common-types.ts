import type { ValidateFunction } from 'ajv';
import { closed, createAjv, problemsOf, readSchema } from './json-schemas.ts';

/** Definitions that all of Azure Resource Manager shares, for what no document describes as an operation's answer. */
export class CommonTypes {
  readonly #status: ValidateFunction;
  readonly #error: ValidateFunction;

  /** @param specifications the folder that holds `swagger/` */
  constructor(specifications: string) {
    const id = 'https://management.azure.com/common-types/v5';
    const file = `${specifications}/swagger/specification/common-types/resource-management/v5/types.json`;
    const { definitions } = readSchema(file);
    const ajv = createAjv().addSchema({ id, definitions: closed(definitions) });
    this.#status = ajv.compile({ $ref: `${id}#/definitions/OperationStatusResult` });
    this.#error = ajv.compile({ $ref: `${id}#/definitions/ErrorResponse`, required: ['error'] });
  }

  /** Problems of what is found at `Azure-AsyncOperation`. */
  operationStatus(body: unknown): string[] {
    return problemsOf(this.#status, body);
  }

  /** Problems of the body of a refusal. */
  error(body: unknown): string[] {
    return problemsOf(this.#error, body);
  }
}
