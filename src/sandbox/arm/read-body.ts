import { unreadable } from '../http/read-call.ts';
import { type Shape, ShapeError } from '../shape.ts';
import { ArmProblem } from './problem.ts';
import type { ArmCall } from './route.ts';

/**
 * The request body in the given shape.
 *
 * @throws ArmProblem 400, with the code of the resource provider that reads the body.
 */
export function readBody<T>(call: ArmCall, shape: Shape<T>, provider: 'compute' | 'network' | 'resources'): T {
  if (call.body === unreadable)
    throw new ArmProblem(
      400,
      'InvalidRequestContent',
      'The request content was invalid and could not be deserialized.',
    );
  try {
    return shape.parse(call.body ?? {}, '');
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
    const code = { compute: 'BadRequest', network: 'InvalidRequestFormat', resources: 'InvalidRequestContent' }[
      provider
    ];
    throw new ArmProblem(
      400,
      error.unknownMember || provider !== 'compute' ? code : 'InvalidParameter',
      error.message,
      {
        target: error.at,
      },
    );
  }
}
