import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { needs } from '../../skip.ts';
import { isOpen } from './clients.ts';
import { allow, Bench } from './fixtures.ts';

const severalAddresses = { what: 'a loopback network of several addresses', met: process.platform !== 'darwin' };

describe('simulated guests and where connections come from', needs(severalAddresses), () => {
  let bench: Bench;
  before(async () => {
    bench = await Bench.open('simulated');
  });
  after(() => bench[Symbol.asyncDispose]());

  it('let in only the addresses that a rule names', async () => {
    const spec = await bench.spec('sourced');
    await bench.host.create(spec);
    const from = (address: string | undefined) => isOpen(spec.publicAddress, bench.host.sshPort, address);
    const [usual, second, third] = bench.host.hostAddresses;
    await bench.host.setFirewall(spec.id, [allow(22, { source: `${second}/32` })]);
    assert.deepEqual(await Promise.all([usual, second, third, undefined].map(from)), [false, true, false, false]);
    await bench.host.setFirewall(spec.id, [allow(22, { source: usual ?? '' })]);
    assert.deepEqual(await Promise.all([usual, second, third, undefined].map(from)), [true, false, false, true]);
  });

  it('have IPv6 addresses on paper, which the log says', async () => {
    const address = await bench.host.allocateAddress('IPv6');
    assert.match(address, /^fda2:d0c0:d0c1:/);
    assert.match(bench.log.join('\n'), /on paper/);
    const { privateAddress, ...spec } = await bench.spec('paper');
    await bench.host.create({ ...spec, privateAddress, publicIpv6Address: address, privateIpv6Address: 'fd00::4' });
    await bench.host.releaseAddress(address);
  });
});
