import type { FirewallRule } from '../guest-host.ts';
import { type FirewallFamily, firewallHooks, firewallTable, ipv4Firewall, ipv6Firewall } from './firewall-rules.ts';
import type { GuestNames, SandboxNames } from './names.ts';
import { requireProgram, runProgram } from './run-program.ts';

/** Seconds to wait for another program that changes rules. */
const wait = ['-w', '10'] as const;

export interface GuestFirewall {
  readonly sandbox: SandboxNames;
  readonly guest: GuestNames;
  /** True for a guest that has IPv6: of one that has none no IPv6 packet passes its cable. */
  readonly withIpv6: boolean;
}

/** Puts a guest's rules in force, on this computer's side of its cable, where the guest's own root cannot undo them. */
export async function applyFirewall(
  { sandbox, guest, withIpv6 }: GuestFirewall,
  rules: readonly FirewallRule[],
): Promise<void> {
  for (const family of withIpv6 ? [ipv4Firewall, ipv6Firewall] : [ipv4Firewall]) {
    const { program } = family;
    await requireProgram({
      program: `${program}-restore`,
      args: [...wait, '--noflush'],
      stdin: firewallTable(guest, rules, family),
    });
    for (const hook of firewallHooks(sandbox, guest)) {
      const present = await runProgram({ program, args: [...wait, '-C', ...hook] });
      // First in its chain: this computer's own rules must not let through what the guest's deny.
      if (present.exitCode !== 0) await requireProgram({ program, args: [...wait, '-I', ...hook] });
    }
  }
}

export async function removeFirewall({ sandbox, guest, withIpv6 }: GuestFirewall): Promise<void> {
  for (const { program } of withIpv6 ? [ipv4Firewall, ipv6Firewall] : [ipv4Firewall]) {
    for (const hook of firewallHooks(sandbox, guest)) await runProgram({ program, args: [...wait, '-D', ...hook] });
    await removeChains(program, [guest.inboundChain, guest.outboundChain]);
  }
}

/** Removes every rule and chain of a sandbox that no longer runs. */
export async function removeLeftFirewall(sandbox: SandboxNames): Promise<void> {
  for (const { program } of [ipv4Firewall, ipv6Firewall]) await removeLeft(program, sandbox);
}

async function removeLeft(program: FirewallFamily['program'], sandbox: SandboxNames): Promise<void> {
  // Where there is no ip6tables, nothing of it is left either.
  const saved = await runProgram({ program: `${program}-save`, args: ['-t', 'filter'] }).catch(() => undefined);
  const lines = saved?.stdout.toString().split('\n') ?? [];
  for (const line of lines) {
    const [, chain] = /^-A (\S+) .*-j /.exec(line) ?? [];
    if (!line.includes(` -j ${sandbox.chainPrefix}`) || chain === undefined) continue;
    await runProgram({ program, args: [...wait, '-D', ...line.split(' ').slice(1)] });
  }
  const chains = lines.flatMap((line) => {
    const [, chain] = /^:(\S+) /.exec(line) ?? [];
    return chain?.startsWith(sandbox.chainPrefix) ? [chain] : [];
  });
  await removeChains(program, chains);
}

async function removeChains(program: FirewallFamily['program'], chains: readonly string[]): Promise<void> {
  for (const chain of chains) {
    await runProgram({ program, args: [...wait, '-F', chain] });
    await runProgram({ program, args: [...wait, '-X', chain] });
  }
}
