import type { PipelinePolicy, PipelineRequest, PipelineResponse } from '@azure/core-rest-pipeline';
import type { Clock } from '../../wait/wait-until.ts';

/** How long what was just made may be unknown to another of Azure's front ends. They agree within seconds, as a rule. */
const LAG_MS = 20_000;
/** After this long a 404 says that it is gone; an operation may have lasted meanwhile. */
const FRESH_MS = 1_800_000;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 5_000;

/** Codes for something that a request needs, and that is not there. */
const missing =
  /^(ResourceGroupNotFound|ParentResourceNotFound|InvalidResourceReference|ResourceNotFound|NotFound|SubnetNotFound)$/;

/**
 * Asks again when Azure does not know what it has just made for this process: its front ends do not hear of it at the same
 * moment. A look by name, at a resource or at an operation, and a request that refers to such a resource or lies below it.
 */
export function lagPolicy(clock: Clock): PipelinePolicy {
  const made = new Map<string, number>();
  return {
    name: 'azdockLagPolicy',
    async sendRequest(request, next) {
      const startMs = clock.now();
      for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
        const response = await next(request);
        if (response.status < 300) remember(response, made, clock.now());
        const isTooEarly = isMissing(response) && needs(request, fresh(made, clock.now()));
        if (!isTooEarly || clock.now() - startMs + pauseMs > LAG_MS) return response;
        await clock.sleep(pauseMs, request.abortSignal instanceof AbortSignal ? request.abortSignal : undefined);
      }
    },
  };
}

function remember({ request, headers }: PipelineResponse, made: Map<string, number>, nowMs: number): void {
  // What a deletion takes along is known to Azure alone.
  if (request.method === 'DELETE') made.clear();
  if (request.method === 'PUT') made.set(pathOf(request.url), nowMs);
  if (request.method === 'GET') return;
  for (const address of [headers.get('azure-asyncoperation'), headers.get('location')])
    if (address !== undefined && URL.canParse(address)) made.set(pathOf(address), nowMs);
}

function fresh(made: ReadonlyMap<string, number>, nowMs: number): string[] {
  return [...made].flatMap(([path, atMs]) => (nowMs - atMs < FRESH_MS ? [path] : []));
}

function pathOf(url: string): string {
  return new URL(url).pathname.toLowerCase();
}

function isMissing({ status, bodyAsText }: PipelineResponse): boolean {
  if (status !== 404 && status !== 400) return false;
  const code = parseErrorCode(bodyAsText ?? '');
  return missing.test(code) || (status === 404 && code === '');
}

function needs(request: PipelineRequest, made: readonly string[]): boolean {
  const path = pathOf(request.url);
  // What is gone is gone, and what a deletion does not find need not be deleted.
  if (request.method === 'DELETE') return false;
  if (request.method === 'GET') return made.includes(path.replace(/\/instanceview$/, ''));
  const body = typeof request.body === 'string' ? request.body.toLowerCase() : '';
  return made.some((one) => path.startsWith(`${one}/`) || body.includes(`${one}"`) || body.includes(`${one}/`));
}

function parseErrorCode(text: string): string {
  try {
    const { error } = Object(JSON.parse(text));
    return String(Object(error).code ?? '');
  } catch {
    return '';
  }
}
