import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, realpathSync } from 'node:fs';
import { createServer } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { guestNames, sandboxNames } from '../../../src/sandbox/guests/linux/names.ts';
import { linuxGuests, needs } from '../../skip.ts';
import { isOpen, openSsh, runOverSsh } from './clients.ts';
import { allow, Bench } from './fixtures.ts';
import { tracesOf } from './traces.ts';

const hasIpv6 = {
  what: 'IPv6 with ip6tables',
  met: await import('../../../src/sandbox/guests/linux/has-ipv6.ts').then(
    ({ hasIpv6: ask }) => ask(),
    () => false,
  ),
};

const forwarding = {
  what: 'forwarding of IPv6 by interface (Linux 6.17)',
  met: existsSync('/proc/sys/net/ipv6/conf/default/force_forwarding'),
};

describe('linux guests and where connections come from', needs(...linuxGuests), () => {
  let bench: Bench;
  let spec: Awaited<ReturnType<Bench['spec']>>;
  const isOpenFrom = (localAddress: string) => isOpen(spec.publicAddress, 22, localAddress);

  before(async () => {
    bench = await Bench.open('linux');
    spec = await bench.spec('sourced');
    await bench.host.create(spec);
  });
  after(() => bench[Symbol.asyncDispose]());

  it('let in only the addresses that a rule names', async () => {
    const [usual = '', second = '', third = ''] = bench.host.hostAddresses;
    await bench.host.setFirewall(spec.id, [allow(22, { source: second })]);
    assert.deepEqual(await Promise.all([usual, second, third].map(isOpenFrom)), [false, true, false]);
    assert.equal(await isOpen(spec.publicAddress, 22), false, 'the usual address is the one that is taken by itself');
    const range = spec.publicAddress.replace(/\d+$/, '2/31');
    await bench.host.setFirewall(spec.id, [allow(22, { source: range })]);
    assert.deepEqual(await Promise.all([usual, second, third].map(isOpenFrom)), [false, true, true]);
  });

  it('keep connections that are there when rules change, and refuse new ones at once', async () => {
    await bench.host.setFirewall(spec.id, [allow(22)]);
    using connection = await openSsh(bench.login(spec));
    const echo = (text: string) =>
      new Promise<string>((resolve, reject) =>
        connection.client.exec(`echo ${text}`, (error, channel) =>
          error ? reject(error) : channel.on('data', (data: Buffer) => resolve(data.toString().trim())),
        ),
      );
    assert.equal(await echo('before'), 'before');
    await bench.host.setFirewall(spec.id, [allow(22, { access: 'Deny' })]);
    assert.equal(await isOpen(spec.publicAddress, 22), false);
    assert.equal(await echo('after'), 'after');
    await bench.host.setFirewall(spec.id, [allow(22)]);
    assert.equal(await isOpen(spec.publicAddress, 22), true);
    assert.equal(await echo('again'), 'again');
  });

  it('are reached at their private address when they have no public one', async () => {
    const { publicAddress, ...inside } = await bench.spec('inside', { privateAddress: '10.253.77.4' });
    await bench.host.releaseAddress(publicAddress);
    await bench.host.create(inside);
    await bench.host.setFirewall(inside.id, [allow(22)]);
    const { output } = await runOverSsh(bench.login({ publicAddress: inside.privateAddress }), 'hostname');
    assert.equal(output, 'inside\n');
    await bench.host.setFirewall(inside.id, []);
    assert.equal(await isOpen(inside.privateAddress, 22), false);
    await bench.host.remove(inside.id);
  });
});

describe('linux guests and IPv6', needs(...linuxGuests, hasIpv6), () => {
  let bench: Bench;
  let spec: Awaited<ReturnType<Bench['spec']>> & { publicIpv6Address: string };
  const dual = async (name: string, number: number) => ({
    ...(await bench.spec(name, { privateAddress: `10.0.0.${number}`, privateIpv6Address: `fd00:db8::${number}` })),
    publicIpv6Address: await bench.host.allocateAddress('IPv6'),
  });

  before(async () => {
    bench = await Bench.open('linux');
    spec = await dual('dual', 4);
    await bench.host.create(spec);
  });
  after(() => bench[Symbol.asyncDispose]());

  it('have both their addresses and are reached at the public one, as their rules say', async () => {
    const at = { ...spec, publicAddress: spec.publicIpv6Address };
    assert.equal(await isOpen(spec.publicIpv6Address, 22), false);
    await bench.host.setFirewall(spec.id, [allow(22, { source: '::/0' })]);
    const { output } = await runOverSsh(bench.login(at), 'ip -6 -o address show dev eth0 scope global');
    assert.match(output, new RegExp(`inet6 ${spec.publicIpv6Address}/128`));
    assert.match(output, /inet6 fd00:db8::4\/128/);
    assert.equal(await isOpen(spec.publicAddress, 22), false, 'a rule for IPv6 opens IPv6 only');
    const [first = '', second = ''] = bench.host.hostAddresses.filter((address) => address.includes(':'));
    await bench.host.setFirewall(spec.id, [allow(22, { source: `${second}/128` })]);
    assert.equal(await isOpen(spec.publicIpv6Address, 22, first), false);
    assert.equal(await isOpen(spec.publicIpv6Address, 22, second), true);
    await bench.host.setFirewall(spec.id, [allow(22)]);
    assert.equal(await isOpen(spec.publicIpv6Address, 22), true);
    assert.equal(await isOpen(spec.publicAddress, 22), true);
  });

  it("do not reach this computer's services, not even by its address on the link", async () => {
    const { veth } = guestNames(sandboxNames(realpathSync(bench.directory)), spec.id);
    const shown = execFileSync('ip', ['-6', '-o', 'address', 'show', 'dev', veth], { encoding: 'utf8' });
    const [, onLink] = /inet6 (fe80:[^/]*)/.exec(shown) ?? [];
    assert.ok(onLink, shown);
    const gateway = bench.host.hostAddresses.find((one) => one.includes(':')) ?? '';
    const service = createServer((socket) => socket.on('error', () => {}).write('host')).listen(0, '::');
    await once(service, 'listening');
    const address = service.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    try {
      for (const target of [gateway, `${onLink}%eth0`]) {
        const knock = `timeout 3 bash -c 'exec 3<>/dev/tcp/${target}/${port}'`;
        const { code, output } = await runOverSsh(bench.login(spec), knock);
        assert.equal(code, 1, output);
        assert.match(output, /refused/i);
      }
      assert.equal(await isOpen(gateway, port), true, 'the service itself is there');
    } finally {
      service.close();
    }
  });

  it('reach each other as their rules say', needs(forwarding), async () => {
    const other = await dual('neighbour', 6);
    await bench.host.create(other);
    const knock = async () =>
      (await runOverSsh(bench.login(spec), `timeout 2 bash -c 'exec 3<>/dev/tcp/${other.publicIpv6Address}/22'`)).code;
    assert.notEqual(await knock(), 0);
    await bench.host.setFirewall(other.id, [allow(22, { source: spec.publicIpv6Address })]);
    assert.equal(await knock(), 0);
    assert.equal(await isOpen(other.publicIpv6Address, 22), false, 'open for the neighbour only');
    await bench.host.remove(other.id);
  });

  it('leave nothing of it', async () => {
    const other = await dual('passing', 5);
    await bench.host.create(other);
    await bench.host.setFirewall(other.id, [allow(22)]);
    const shown = tracesOf(bench.directory).length;
    await bench.host.remove(other.id);
    assert.ok(tracesOf(bench.directory).length < shown - 20, 'rules of both versions are gone');
    await bench.host.close({ keepDisks: true });
    assert.deepEqual(tracesOf(bench.directory), []);
    await bench.reopen();
    await bench.host.adopt(spec, true);
    await bench.host.setFirewall(spec.id, [allow(22)]);
    assert.equal(await isOpen(spec.publicIpv6Address, 22), true, 'the next process takes it up with its address');
  });
});
