import type { IncomingMessage, ServerResponse } from 'node:http';
import { authenticate } from './arm/authenticate.ts';
import { answerMetadata } from './arm/cloud-metadata.ts';
import { dispatch } from './arm/dispatch.ts';
import { ArmProblem } from './arm/problem.ts';
import { notImplemented } from './arm/problems.ts';
import { createRouter } from './arm/router.ts';
import { routes } from './arm/routes.ts';
import { timestamp } from './clock.ts';
import { isOfDeployment, redactDeployment } from './deployments/redact-template.ts';
import { answerControl } from './control/control-api.ts';
import { answerEntra } from './entra/answer-entra.ts';
import { DeviceCodes } from './entra/device-codes.ts';
import { strikeFor } from './faults/apply-fault.ts';
import type { Answer, Call } from './http/exchange.ts';
import { readCall, unreadable } from './http/read-call.ts';
import { redactBody, redactHeaders } from './http/redact.ts';
import { type Delivery, sendAnswer } from './http/send-answer.ts';
import { Throttle } from './throttling/throttle.ts';
import type { World } from './world.ts';

/** Everything that happens to a request, top to bottom: read, control, authentication, throttling, faults, dispatch, error, headers, journal, send. */
export function createPipeline(
  world: World,
  stop: () => void,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const find = createRouter(routes);
  const throttle = new Throttle(world.clock, world.settings);
  const devices = new DeviceCodes(world.clock);

  async function work(call: Call): Promise<Answer> {
    const open = answerEntra(call, world, devices) ?? answerMetadata(call, world);
    if (open) return open;
    if (!isArm(call)) throw notImplemented(`${call.method} ${call.path}`);
    const answer = await dispatch(call, world, find);
    if (call.method !== 'GET' && call.method !== 'HEAD') await world.state.save();
    return answer;
  }

  return async (request, response) => {
    const gone = new Promise<void>((resolve) => response.once('close', resolve));
    const call = await readCall(request, world.clock).catch((error: unknown) => render(error, world));
    if (!('target' in call)) {
      sendAnswer(response, call, 'whole');
      return;
    }
    if (call.path.startsWith('/_sandbox/')) {
      const answer = await answerControl(call, world, stop).catch((error: unknown) => render(error, world));
      sendAnswer(response, answer, 'whole');
      return;
    }
    const { answer, delivery, limits } = await struck(call, { world, gone, throttle, work: () => work(call) });
    const whole: Answer = { ...answer, headers: { ...standardHeaders(call), ...limits, ...answer.headers } };
    journal(world, call, whole, delivery);
    sendAnswer(response, whole, delivery);
  };
}

function isArm(call: Call): boolean {
  return /^\/(subscriptions|tenants|providers)(\/|$)/i.test(call.path);
}

interface Struck {
  readonly answer: Answer;
  readonly delivery: Delivery;
  /** What is left of the rate limits, of a call that belongs to somebody. */
  readonly limits?: Readonly<Record<string, string>>;
}

interface Surroundings {
  readonly world: World;
  readonly gone: Promise<void>;
  readonly throttle: Throttle;
  work(): Promise<Answer>;
}

async function struck(call: Call, { world, gone, throttle, work }: Surroundings): Promise<Struck> {
  let limits = {};
  try {
    // Somebody without a login is refused, too, only once the request has got there.
    const isOpen = isArm(call) && call.headers['authorization'] === undefined;
    if (isArm(call) && !isOpen) {
      const principal = authenticate(call, world);
      try {
        throttle.admit(call, principal);
      } finally {
        limits = throttle.headers(call, principal);
      }
    }
    const strike = strikeFor(call, world, gone);
    const ended = await strike.before();
    if (ended) return { answer: { status: 0 }, delivery: ended };
    const answered = async () => {
      if (isOpen) authenticate(call, world);
      return work();
    };
    const answer = await answered().catch((error: unknown) => render(error, world));
    return { answer, delivery: await strike.after(answer.status), limits };
  } catch (error) {
    return { answer: render(error, world), delivery: 'whole', limits };
  }
}

/** The error envelope. What is no problem of ARM is a bug of the sandbox, and says so. */
function render(error: unknown, world: World): Answer {
  if (error instanceof ArmProblem)
    return { status: error.status, headers: error.headers, body: { error: error.body() } };
  world.log(`bug: ${error instanceof Error ? error.stack : String(error)}`);
  const message = error instanceof Error ? error.message : String(error);
  return { status: 500, body: { error: { code: 'SandboxBug', message: `The sandbox has a bug: ${message}` } } };
}

function standardHeaders(call: Call): Record<string, string> {
  const client = call.headers['x-ms-client-request-id'];
  const echo = call.headers['x-ms-return-client-request-id'] === 'true' && typeof client === 'string';
  return {
    'x-ms-request-id': call.requestId,
    'x-ms-correlation-request-id': call.correlationId,
    'x-ms-routing-request-id': `SANDBOX:${timestamp(call.receivedMs).replace(/[-:]|\.\d+/g, '')}:${call.requestId}`,
    ...(echo ? { 'x-ms-client-request-id': client } : {}),
  };
}

function journal(world: World, call: Call, answer: Answer, delivery: Delivery): void {
  const specially = isOfDeployment(call.path) ? redactDeployment : undefined;
  world.journal.append({
    time: timestamp(call.receivedMs),
    method: call.method,
    url: call.target,
    apiVersion: call.query.get('api-version'),
    status: delivery === 'cut' || delivery === 'silent' ? 0 : answer.status,
    requestId: call.requestId,
    operation: call.operation ?? null,
    requestBody: call.body === unreadable ? '[unreadable]' : redactBody(call.body ?? null, specially),
    responseBody: redactBody(answer.body ?? null, specially),
    requestHeaders: redactHeaders(call.headers),
    responseHeaders: redactHeaders(answer.headers ?? {}),
    durationMs: Math.max(0, world.clock.nowMs() - call.receivedMs),
  });
}
