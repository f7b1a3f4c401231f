import type { PipelinePolicy, PipelineResponse } from '@azure/core-rest-pipeline';
import { ConnectionError } from '../../errors/connection-error.ts';
import { tidyAnswer } from './answer-shape.ts';

/** Lets answers through with nothing in them but what azdock takes them for, be it that Azure is not Azure. */
export function answerPolicy(): PipelinePolicy {
  return {
    name: 'azdockAnswerPolicy',
    async sendRequest(request, next) {
      const response = await next(request);
      const answer = parseAnswer(response);
      // What is no JSON at all is left to the policies that know what to do about it.
      if (typeof answer !== 'object' || answer === null) return response;
      try {
        const misfits = tidyAnswer(answer);
        if (misfits.length > 0 || response.bodyAsText?.includes('null')) response.bodyAsText = JSON.stringify(answer);
      } catch (cause) {
        const { pathname } = new URL(request.url);
        const why = cause instanceof Error ? cause.message : String(cause);
        throw new ConnectionError(`Azure's answer to ${request.method} ${pathname} cannot be understood: ${why}.`, {
          cause,
        });
      }
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
