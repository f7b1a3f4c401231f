import {
  createHttpHeaders,
  createPipelineRequest,
  type HttpClient,
  type HttpMethods,
  type Pipeline,
  type PipelineResponse,
  RestError,
} from '@azure/core-rest-pipeline';

/** A request to Azure Resource Manager for which no client of the SDK is at hand. */
export interface PlainRequest {
  readonly method: HttpMethods;
  /** From `/subscriptions` on. */
  readonly path: string;
  readonly apiVersion: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly abortSignal?: AbortSignal;
}

/** Where it goes, and through which client's pipeline: login, retries and all. */
export interface PlainRoute {
  readonly endpoint: string;
  readonly pipeline: Pipeline;
  readonly transport: HttpClient;
}

/** Sends it. @returns the answer's JSON @throws RestError with Azure's code, as the SDK's clients do */
export async function sendPlain(asked: PlainRequest, { endpoint, pipeline, transport }: PlainRoute): Promise<unknown> {
  const { method, path, apiVersion, body, abortSignal } = asked;
  const request = createPipelineRequest({
    url: `${endpoint}${path}?api-version=${apiVersion}`,
    method,
    headers: createHttpHeaders({
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    }),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(abortSignal === undefined ? {} : { abortSignal }),
  });
  const response = await pipeline.sendRequest(transport, request);
  if (response.status >= 200 && response.status < 300) return parseBody(response);
  const { code, message } = parseProblem(response);
  throw new RestError(message ?? `HTTP ${response.status}`, {
    statusCode: response.status,
    request,
    response,
    ...(code === undefined ? {} : { code }),
  });
}

function parseBody(response: PipelineResponse): unknown {
  const { bodyAsText: text, request } = response;
  if (!text) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new RestError('the answer is no JSON', { code: RestError.PARSE_ERROR, request, response });
  }
}

/** Azure's envelope of errors (common-types, ErrorResponse). Where that cannot be read, the status says enough. */
function parseProblem({ bodyAsText: text }: PipelineResponse): { code?: string; message?: string } {
  const { error } = Object(parseLeniently(text ?? ''));
  const { code, message } = Object(error);
  return {
    ...(typeof code === 'string' ? { code } : {}),
    ...(typeof message === 'string' ? { message } : {}),
  };
}

function parseLeniently(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
