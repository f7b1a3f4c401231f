import { LiveValidator } from 'oav';
import { log } from 'oav/dist/lib/util/logging.js';
import type { Json } from '../sandbox/raw-https.ts';
import type { Exchange } from './exchange.ts';

/** What the published OpenAPI documents say of one exchange. */
export interface Verdict {
  /** Such as `VirtualMachines_Get`. */
  readonly operation: string;
  readonly problems: readonly string[];
}

/** Code with which oav says that no document describes a method and path. */
const NOT_DESCRIBED = /^OPERATION_NOT_FOUND/;

/** Microsoft's OpenAPI documents, as oav's validator of live traffic reads them. */
export class OpenApi {
  readonly #validator: LiveValidator;

  private constructor(validator: LiveValidator) {
    this.#validator = validator;
  }

  /** @param specifications the folder that holds `swagger/` */
  static async open(specifications: string): Promise<OpenApi> {
    log.consoleLogLevel = 'off';
    const validator = new LiveValidator({
      directory: `${specifications}/swagger`,
      // One folder below the version: deeper lie examples, which are no specifications.
      swaggerPathsPattern: ['specification/**/resource-manager/**/stable/*/*.json'],
      git: { shouldClone: false, url: '' },
      loadValidatorInBackground: false,
      isArmCall: true,
    });
    await validator.initialize();
    return new OpenApi(validator);
  }

  /** Request and answer together; undefined when no document describes such a request. */
  async check(exchange: Exchange): Promise<Verdict | undefined> {
    const url = publishedUrl(exchange.url);
    const result = await this.#validator.validateLiveRequestResponse({
      liveRequest: {
        method: exchange.method,
        url: url.href.replaceAll('+', '%20'),
        headers: { ...exchange.requestHeaders },
        query: Object.fromEntries(url.searchParams),
        ...bodyOf(exchange.requestBody),
      },
      liveResponse: {
        statusCode: String(exchange.status),
        // The journal has what the sandbox's handlers set; the type of the content is set where answers are sent.
        headers: { 'content-type': 'application/json', ...exchange.responseHeaders },
        ...bodyOf(exchange.responseBody),
      },
    });
    const { requestValidationResult: request, responseValidationResult: response } = result;
    const exceptions = [result.runtimeException, request.runtimeException, response.runtimeException];
    if (exceptions.some((exception) => exception && NOT_DESCRIBED.test(exception.code))) return undefined;
    return {
      operation: request.operationInfo.operationId,
      problems: [
        ...exceptions.flatMap((exception) => (exception ? [`${exception.code} ${exception.message}`] : [])),
        ...request.errors.map((error) => `request: ${problemOf(error)}`),
        ...response.errors.map((error) => `answer: ${problemOf(error)}`),
      ],
    };
  }
}

/** A copy, since oav changes what it is given. */
function bodyOf(body: Json): { body?: Json } {
  return body === null ? {} : { body: structuredClone(body) };
}

/** The same request by the api-version of the document that describes it, which is older than the one asked for. */
function publishedUrl(pathAndQuery: string): URL {
  const url = new URL(pathAndQuery, 'https://management.azure.com');
  url.searchParams.set('api-version', publishedVersion(url.pathname));
  // Described once for every namespace, which oav files under this one.
  url.pathname = url.pathname.replace(
    PROVIDER,
    (_all, before: string, after = '') => `${before}Microsoft.Unknown${after}`,
  );
  return url;
}

const PROVIDER = /^(\/subscriptions\/[^/]+\/providers\/)[^/]+(\/(?:register|unregister))?$/i;

function publishedVersion(path: string): string {
  if (/\/providers\/Microsoft\.Compute\/skus$/i.test(path)) return '2021-07-01';
  if (/\/providers\/Microsoft\.Compute\/disks\b/i.test(path)) return '2024-03-02';
  if (PROVIDER.test(path)) return '2024-07-01';
  if (/\/providers\/Microsoft\.Compute\//i.test(path)) return '2024-07-01';
  if (/\/providers\/Microsoft\.Network\//i.test(path)) return '2024-01-01';
  return /^\/(tenants|subscriptions(\/[^/]+(\/locations)?)?)$/i.test(path) ? '2022-12-01' : '2024-07-01';
}

function problemOf({ code, message, pathsInPayload }: LiveIssue): string {
  return [code, message, pathsInPayload.length === 0 ? '' : `at ${pathsInPayload.join(' ')}`].join(' ').trim();
}

interface LiveIssue {
  readonly code: string;
  readonly message: string;
  readonly pathsInPayload: readonly string[];
}
