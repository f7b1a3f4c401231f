import { isRecord } from '../json.ts';
import { flag, integer, mapOf, object, oneOf, optional, type Shape, type Shaped, ShapeError, text } from '../shape.ts';

/** What a fault does to the request or the operation that it strikes: the actions of `docs/sandbox.md`. */
export type FaultAction = RequestAction | OperationAction;

export type RequestAction =
  | {
      readonly status: number;
      readonly code: string;
      readonly message: string;
      readonly headers?: Readonly<Record<string, string>> | undefined;
    }
  | { readonly reset: true | 'after' }
  | { readonly hang: true }
  | { readonly truncate: true }
  | { readonly garble: true }
  | { readonly hold: true | 'after' }
  | { readonly expire: true }
  | { readonly lag: number };

export type OperationAction =
  | { readonly operation: 'fail'; readonly code: string; readonly message: string }
  | { readonly operation: 'hang' };

const yes: Shape<true> = {
  parse(value, at) {
    if (!flag.parse(value, at)) throw new ShapeError(at, `'${at}' can only be true.`);
    return true;
  },
};

const yesOrAfter: Shape<true | 'after'> = {
  parse: (value, at) => (value === 'after' ? 'after' : yes.parse(value, at)),
};

const actions: Readonly<Record<string, Shape<FaultAction>>> = {
  status: object({ status: integer, code: text, message: text, headers: optional(mapOf(text)) }),
  reset: object({ reset: yesOrAfter }),
  hang: object({ hang: yes }),
  truncate: object({ truncate: yes }),
  garble: object({ garble: yes }),
  hold: object({ hold: yesOrAfter }),
  expire: object({ expire: yes }),
  lag: object({ lag: integer }),
};

const operationActions: Readonly<Record<string, Shape<OperationAction>>> = {
  fail: object({ operation: oneOf('fail'), code: text, message: text }),
  hang: object({ operation: oneOf('hang') }),
};

const action: Shape<FaultAction> = {
  parse(value, at) {
    if (!isRecord(value)) throw new ShapeError(at, 'A fault needs an action.');
    const shape =
      'operation' in value
        ? operationActions[String(value['operation'])]
        : Object.entries(actions).find(([key]) => key in value)?.[1];
    if (!shape) throw new ShapeError(at, `No such action: ${JSON.stringify(value)}.`);
    return shape.parse(value, at);
  },
};

const pattern: Shape<RegExp> = {
  parse(value, at) {
    try {
      return new RegExp(text.parse(value, at), 'i');
    } catch {
      throw new ShapeError(at, `'${at}' is not a regular expression.`);
    }
  },
};

/** Body of `POST /_sandbox/faults`. */
export const faultRequest = object({
  method: optional(text),
  path: optional(pattern),
  times: optional(integer),
  after: optional(integer),
  when: optional(oneOf('request', 'operation')),
  action,
});

export type FaultRequest = Shaped<typeof faultRequest>;

/** True for an action that strikes an operation instead of a request. */
export function isOperationAction(action: FaultAction): action is OperationAction {
  return 'operation' in action;
}
