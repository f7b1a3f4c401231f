import {
  createDefaultHttpClient,
  createHttpHeaders,
  type HttpClient,
  type PipelineRequest,
  type PipelineResponse,
} from '@azure/core-rest-pipeline';
import type { JsonObject } from '../../../store/record.ts';

/** A request that would have made something. */
export interface RecordedRequest {
  /** Resource id. */
  readonly id: string;
  readonly apiVersion: string;
  readonly body: JsonObject;
}

/** A client that asks Azure and changes nothing there. */
export interface Recording {
  readonly client: HttpClient;
  /** What was asked to be made so far, in no particular order. */
  readonly requests: readonly RecordedRequest[];
}

/**
 * Sends what reads, and the login. What would make a resource is kept, and answered as if it had been made at once: so the driver's own
 * steps tell what they would send, to the last property.
 *
 * @param through where to send the rest
 */
export function recordRequests(through: HttpClient = createDefaultHttpClient()): Recording {
  const requests: RecordedRequest[] = [];
  return {
    requests,
    client: {
      async sendRequest(request) {
        const { pathname, searchParams } = new URL(request.url);
        const changes = pathname.startsWith('/subscriptions/') && !['GET', 'HEAD'].includes(request.method);
        if (!changes) return through.sendRequest(request);
        if (request.method !== 'PUT') throw new TypeError(`${request.method} ${pathname} has no place in a template`);
        const recorded = {
          id: decodeURIComponent(pathname),
          apiVersion: searchParams.get('api-version') ?? '',
          body: parseBody(request),
        };
        requests.push(recorded);
        return made(request, recorded);
      },
    },
  };
}

/** The answer to a PUT that Azure is done with. */
function made(request: PipelineRequest, { id, body }: RecordedRequest): PipelineResponse {
  const properties = { ...Object(body['properties']), provisioningState: 'Succeeded' };
  const answer = { ...body, id, name: id.split('/').at(-1), properties };
  return {
    request,
    status: 200,
    headers: createHttpHeaders({ 'content-type': 'application/json' }),
    bodyAsText: JSON.stringify(answer),
  };
}

function parseBody({ body }: PipelineRequest): JsonObject {
  if (typeof body !== 'string') throw new TypeError('the body of a request is not the text that was expected');
  return JSON.parse(body);
}
