import type { PipelinePolicy, PipelineResponse } from '@azure/core-rest-pipeline';
import { ConnectionError } from '../../errors/connection-error.ts';
import { problemWith } from './answer-shape.ts';

/**
 * Lets no answer through that is not made of what azdock takes it for, be it that Azure is not Azure. What is no JSON at all is left to
 * the policies that know what to do about it.
 */
export function answerPolicy(): PipelinePolicy {
  return {
    name: 'azdockAnswerPolicy',
    async sendRequest(request, next) {
      const response = await next(request);
      const answer = parseAnswer(response);
      if (answer === undefined) return response;
      const problem = problemWith(answer);
      if (problem !== undefined) {
        const { pathname } = new URL(request.url);
        throw new ConnectionError(`Azure's answer to ${request.method} ${pathname} cannot be understood: ${problem}.`);
      }
      // Only then was anything taken out.
      if (response.bodyAsText?.includes('null')) response.bodyAsText = JSON.stringify(answer);
      return response;
    },
  };
}

function parseAnswer({ bodyAsText }: PipelineResponse): unknown {
  try {
    return JSON.parse(bodyAsText ?? '');
  } catch {
    return undefined;
  }
}
