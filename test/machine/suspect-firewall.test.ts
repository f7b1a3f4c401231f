import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EngineUnreachableError } from '../../src/errors/engine-unreachable-error.ts';
import { TimeoutError } from '../../src/errors/timeout-error.ts';
import { suspectFirewall } from '../../src/machine/suspect-firewall.ts';

test('when nothing gets through to an engine that listens, the firewall is named with the port', () => {
  for (const failure of ['timeout', 'unreachable', 'refused'] as const) {
    const cause = new EngineUnreachableError('no', { failure });
    const late = suspectFirewall(new TimeoutError('late', { resource: 'box', cause }), '192.0.2.7', 2377);
    assert.ok(late instanceof TimeoutError);
    assert.equal(late.message, 'late');
    assert.match(
      late.details.join('\n'),
      /^On 192\.0\.2\.7 itself the engine listens: a firewall .* TCP port 2377\.$/m,
    );
  }
});

test('any other failure stays as it is', () => {
  const cause = new EngineUnreachableError('no', { failure: 'other' });
  for (const error of [new TimeoutError('late', { cause }), new TimeoutError('late'), new Error('x')])
    assert.equal(suspectFirewall(error, 'h', 1), error);
});
