import { CommonTypes } from './common-types.ts';
import { type Exchange, routeOf } from './exchange.ts';
import { OpenApi } from './open-api.ts';
import { addressesOfOperations, isGap, isUndocumented } from './undescribed.ts';

/** What the specifications say of one exchange. */
export interface Checked {
  /** The operation that describes it: `VirtualMachines_Get`; undefined at the address of a long-running operation. */
  readonly operation: string | undefined;
  readonly problems: readonly string[];
}

/** The OpenAPI documents, and for what they leave out the definitions that Azure Resource Manager shares. */
export class ExchangeCheck {
  readonly #openApi: OpenApi;
  readonly #commonTypes: CommonTypes;

  private constructor(openApi: OpenApi, commonTypes: CommonTypes) {
    this.#openApi = openApi;
    this.#commonTypes = commonTypes;
  }

  /** @param specifications the folder that holds `swagger/` */
  static async open(specifications: string): Promise<ExchangeCheck> {
    return new ExchangeCheck(await OpenApi.open(specifications), new CommonTypes(specifications));
  }

  /** Request and answer. */
  async of(exchange: Exchange): Promise<Checked> {
    const { method, status, responseBody, responseHeaders: headers } = exchange;
    if (status === 0) return { operation: undefined, problems: ['nothing was answered'] };
    const { operation, problems } = await this.#described(exchange);
    const refusal = status >= 400 && method !== 'HEAD' ? this.#commonTypes.error(responseBody) : [];
    // https://github.com/Azure/azure-resource-manager-rpc, v1.0/async-api-reference.md. oav looks for it only
    // where an answer has a body.
    const isLost = status === 202 && headers['location'] === undefined && headers['azure-asyncoperation'] === undefined;
    const lost = isLost ? ['the request was accepted, and nowhere to ask what became of it'] : [];
    const failure = status >= 500 && status !== 501 ? [`the sandbox failed: ${JSON.stringify(responseBody)}`] : [];
    return { operation, problems: [...problems, ...refusal, ...lost, ...failure] };
  }

  async #described(exchange: Exchange): Promise<Checked> {
    const address = addressesOfOperations.get(routeOf(exchange) ?? '');
    if (address !== undefined) return { operation: undefined, problems: this.#atAddress(address, exchange) };
    if (isUndocumented(exchange.url)) return { operation: undefined, problems: [] };
    const verdict = await this.#openApi.check(exchange);
    if (verdict === undefined) return { operation: undefined, problems: ['no document describes this'] };
    const { operation, problems } = verdict;
    return { operation, problems: problems.filter((problem) => !isGap(operation, exchange.status, problem)) };
  }

  /** A result is no more than that the operation has succeeded, but for what a run command has written. */
  #atAddress(kind: 'status' | 'result', { status, url, responseBody }: Exchange): readonly string[] {
    if (status >= 400) return [];
    if (kind === 'status' && !url.includes('monitor=true'))
      return status === 200 ? this.#commonTypes.operationStatus(responseBody) : [`answered with ${status}`];
    if (status === 200 && isRunCommandResult(responseBody)) return [];
    return responseBody === null && [200, 202, 204].includes(status) ? [] : [`answered with ${status} and a body`];
  }
}

/** `RunCommandResult` of Microsoft.Compute, 2024-07-01: a list of `InstanceViewStatus`. */
function isRunCommandResult(body: unknown): boolean {
  if (typeof body !== 'object' || body === null || !('value' in body) || !Array.isArray(body.value)) return false;
  const members = new Set(['code', 'level', 'displayStatus', 'message', 'time']);
  const isStatus = (status: object) =>
    Object.entries(status).every(([name, value]) => members.has(name) && typeof value === 'string');
  return Object.keys(body).length === 1 && body.value.length > 0 && body.value.every(isStatus);
}
