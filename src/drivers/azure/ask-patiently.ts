import {
  createHttpHeaders,
  createPipelineRequest,
  type HttpClient,
  type PipelineResponse,
} from '@azure/core-rest-pipeline';
import { ConnectionError } from '../../errors/connection-error.ts';
import type { Clock } from '../../wait/wait-until.ts';
import { WAY_THERE } from './next-steps.ts';
import { isNetworkFailure, isPassingStatus, retryPolicy } from './retry-policy.ts';

/** Less than for all else: perhaps the address is wrong. */
const PATIENCE_MS = 30_000;

/** Who is asked before there is a login, and what for. */
export interface OpenRequest {
  readonly url: string;
  /** As a verb with its object: "find out where its login is". */
  readonly doing: string;
  readonly transport: HttpClient;
  readonly clock: Clock;
}

/**
 * Asks what needs no login, and again when the network failed or the service stumbled.
 *
 * @returns an answer that is neither a failure of the service nor broken
 * @throws ConnectionError when there is none; RestError for an answer that is no JSON, and for what else stands in the way, such as a
 *   certificate that nobody vouches for
 */
export async function askPatiently({ url, doing, transport, clock }: OpenRequest): Promise<PipelineResponse> {
  const { host } = new URL(url);
  const failed = (why: string, cause?: unknown) =>
    new ConnectionError(`Azure cannot be reached to ${doing}: ${host}: ${why}.`, {
      cause,
      resource: host,
      nextSteps: [WAY_THERE],
    });
  const request = createPipelineRequest({
    url,
    method: 'GET',
    headers: createHttpHeaders({ accept: 'application/json' }),
  });
  const response = await retryPolicy(clock, PATIENCE_MS)
    .sendRequest(request, (sent) => transport.sendRequest(sent))
    .catch((error: unknown) => {
      throw isNetworkFailure(error) ? failed(error.message.replace(/\.$/, ''), error) : error;
    });
  if (isPassingStatus(response.status)) throw failed(`it answers with status ${response.status}`);
  return response;
}
