import { expiredToken } from '../arm/authenticate.ts';
import { ArmProblem } from '../arm/problem.ts';
import type { Call } from '../http/exchange.ts';
import type { Delivery } from '../http/send-answer.ts';
import type { World } from '../world.ts';
import type { ArmedFault } from './fault-board.ts';

/** What a fault does to a request: before the work, and to the answer. */
export interface Strike {
  /** Runs before anything is done. Gives how it ends at once, or nothing to go on. */
  readonly before: () => Promise<Delivery | undefined>;
  /** Runs when the work is done, with the status of its answer. */
  readonly after: (status: number) => Promise<Delivery>;
}

const nothing: Strike = { before: async () => undefined, after: async () => 'whole' };

/** The strike of the first armed fault that fits, or one that does nothing. `gone` ends when the client hangs up. */
export function strikeFor(call: Call, world: World, gone: Promise<void>): Strike {
  const { faults, tokens } = world;
  const struck = faults.strikeRequest(call);
  if (!struck) return { ...nothing, before: async () => void faults.lag.require(call) };
  const { fault, action } = struck;
  if ('status' in action)
    return {
      ...nothing,
      before: async () => {
        throw new ArmProblem(action.status, action.code, action.message, { headers: action.headers ?? {} });
      },
    };
  if ('expire' in action)
    return {
      ...nothing,
      before: async () => {
        tokens.expireAll();
        throw expiredToken(world);
      },
    };
  if ('lag' in action)
    return {
      ...nothing,
      after: async (status) => {
        if (call.method === 'PUT' && status < 300) faults.lag.hide(call.path, action.lag);
        return 'whole';
      },
    };
  if ('reset' in action) return action.reset === 'after' ? ending('cut') : at('cut');
  if ('hang' in action) return at('silent');
  if ('truncate' in action) return ending('truncated');
  if ('garble' in action) return ending('garbled');
  const wait = async (): Promise<Delivery | undefined> => ((await held(fault, gone)) ? undefined : 'cut');
  return action.hold === 'after'
    ? { ...nothing, after: async () => (await wait()) ?? 'whole' }
    : { ...nothing, before: wait };
}

const at = (delivery: Delivery): Strike => ({ ...nothing, before: async () => delivery });
const ending = (delivery: Delivery): Strike => ({ ...nothing, after: async () => delivery });

/** Waits for the fault to be disarmed. False when the client went away first. */
async function held(fault: ArmedFault, gone: Promise<void>): Promise<boolean> {
  fault.waiting += 1;
  try {
    return await Promise.race([fault.disarmed.then(() => true), gone.then(() => false)]);
  } finally {
    fault.waiting -= 1;
  }
}
