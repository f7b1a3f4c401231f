import { timingSafeEqual } from 'node:crypto';
import { ArmProblem } from '../arm/problem.ts';
import { timestamp } from '../clock.ts';
import { permissionShape } from '../authorization/permission.ts';
import { evictMachine } from '../compute/evict.ts';
import { faultRequest } from '../faults/fault.ts';
import type { Answer, Call } from '../http/exchange.ts';
import { policiesShape } from '../policy/policy.ts';
import { decimal, flag, list, object, oneOf, optional, type Shape, ShapeError, text } from '../shape.ts';
import type { World } from '../world.ts';
import { resetWorld } from './reset.ts';
import { status } from './status.ts';

const latencyShape = object({ profile: oneOf('none', 'recorded'), factor: optional(decimal) });
const throttlingShape = object({ enabled: flag, factor: optional(decimal) });
const evictShape = object({ id: text });
const dockerShape = object({ state: oneOf('works', 'fails', 'absent') });

/** Answers under `/_sandbox/`; `docs/sandbox.md` lists what there is. `stop` ends the process after the answer. */
export async function answerControl(call: Call, world: World, stop: () => void): Promise<Answer> {
  checkToken(call, world);
  const [name = '', id] = call.path.slice('/_sandbox/'.length).split('/');
  switch (`${call.method} ${name}`) {
    case 'GET status':
      return ok(status(world));
    case 'GET resources':
      return ok(
        world.state
          .resources()
          .map((one) => ({ id: one.id, type: one.type, tags: one.tags, provisioningState: one.state })),
      );
    case 'GET journal':
      return ok(world.journal.read(Number(call.query.get('since') ?? 0)));
    case 'GET operations':
      return ok(operations(world));
    case 'PUT latency': {
      const { profile, factor = 1 } = read(call, latencyShape);
      if (factor <= 0) throw new ArmProblem(400, 'InvalidLatency', 'The factor must be greater than 0.');
      world.settings.latency = { profile, factor };
      await world.settingsChanged();
      return ok(world.settings.latency);
    }
    case 'PUT throttling': {
      const { enabled, factor = 1 } = read(call, throttlingShape);
      if (factor <= 0) throw new ArmProblem(400, 'InvalidThrottling', 'The factor must be greater than 0.');
      world.settings.throttling = { enabled, factor };
      await world.settingsChanged();
      return ok(world.settings.throttling);
    }
    case 'PUT docker-extension':
      world.settings.dockerExtension = read(call, dockerShape).state;
      await world.settingsChanged();
      return ok({ state: world.settings.dockerExtension });
    case 'PUT permissions':
      world.state.permissions = read(call, list(permissionShape)).map(({ actions, notActions = [] }) => ({
        actions,
        notActions,
      }));
      await world.state.save();
      return ok(world.state.permissions);
    case 'PUT policies':
      world.state.policies = read(call, policiesShape);
      await world.state.save();
      return ok(world.state.policies);
    case 'POST faults':
      return { status: 201, body: { id: world.faults.arm(read(call, faultRequest)) } };
    case 'GET faults':
      return ok(world.faults.list());
    case 'DELETE faults':
      if (!world.faults.disarm(id) && id !== undefined) throw new ArmProblem(404, 'NotFound', `No fault ${id}.`);
      return { status: 204 };
    case 'POST evict':
      return ok({ policy: await evictMachine(world, read(call, evictShape).id) });
    case 'POST reset':
      await resetWorld(world);
      return { status: 204 };
    case 'POST down':
      setImmediate(stop);
      return { status: 202 };
    default:
      throw new ArmProblem(404, 'NotFound', `There is no ${call.method} ${call.path}.`);
  }
}

const ok = (body: unknown): Answer => ({ status: 200, body });

function checkToken(call: Call, world: World): void {
  const given = Buffer.from(call.headers.authorization ?? '');
  const wanted = Buffer.from(`Bearer ${world.identity.controlToken}`);
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted))
    throw new ArmProblem(401, 'Unauthorized', 'The control API needs the controlToken of sandbox.json.');
}

function read<T>(call: Call, shape: Shape<T>): T {
  try {
    return shape.parse(call.body ?? {}, '');
  } catch (error) {
    if (error instanceof ShapeError) throw new ArmProblem(400, 'InvalidRequest', error.message);
    throw error;
  }
}

/** Service times of all operations, for whoever computes a critical path. */
function operations(world: World): unknown {
  return world.operations.list().map(({ name, kind, method, target, status: state, startMs, endMs, problem }) => ({
    name,
    kind,
    method,
    target,
    status: state,
    startTime: timestamp(startMs),
    endTime: endMs === undefined ? null : timestamp(endMs),
    durationMs: endMs === undefined ? null : endMs - startMs,
    error: problem ? problem.body() : null,
  }));
}
