import type { FirewallRule } from '../guest-host.ts';
import { firewallHooks, firewallTable } from './firewall-rules.ts';
import type { GuestNames, SandboxNames } from './names.ts';
import { requireProgram, runProgram } from './run-program.ts';

/** Seconds to wait for another program that changes rules. */
const wait = ['-w', '10'] as const;

/** Puts a guest's rules in force, on this computer's side of its cable, where the guest's own root cannot undo them. */
export async function applyFirewall(
  sandbox: SandboxNames,
  guest: GuestNames,
  rules: readonly FirewallRule[],
): Promise<void> {
  await requireProgram({
    program: 'iptables-restore',
    args: [...wait, '--noflush'],
    stdin: firewallTable(guest, rules),
  });
  for (const hook of firewallHooks(sandbox, guest)) {
    const present = await runProgram({ program: 'iptables', args: [...wait, '-C', ...hook] });
    // First in its chain: this computer's own rules must not let through what the guest's deny.
    if (present.exitCode !== 0) await requireProgram({ program: 'iptables', args: [...wait, '-I', ...hook] });
  }
}

export async function removeFirewall(sandbox: SandboxNames, guest: GuestNames): Promise<void> {
  for (const hook of firewallHooks(sandbox, guest))
    await runProgram({ program: 'iptables', args: [...wait, '-D', ...hook] });
  await removeChains([guest.inboundChain, guest.outboundChain]);
}

/** Removes every rule and chain of a sandbox that no longer runs. */
export async function removeLeftFirewall(sandbox: SandboxNames): Promise<void> {
  const saved = await runProgram({ program: 'iptables-save', args: ['-t', 'filter'] });
  const lines = saved.stdout.toString().split('\n');
  for (const line of lines) {
    const [, chain] = /^-A (\S+) .*-j /.exec(line) ?? [];
    if (!line.includes(` -j ${sandbox.chainPrefix}`) || chain === undefined) continue;
    await runProgram({ program: 'iptables', args: [...wait, '-D', ...line.split(' ').slice(1)] });
  }
  await removeChains(
    lines.flatMap((line) => {
      const [, chain] = /^:(\S+) /.exec(line) ?? [];
      return chain?.startsWith(sandbox.chainPrefix) ? [chain] : [];
    }),
  );
}

async function removeChains(chains: readonly string[]): Promise<void> {
  for (const chain of chains) {
    await runProgram({ program: 'iptables', args: [...wait, '-F', chain] });
    await runProgram({ program: 'iptables', args: [...wait, '-X', chain] });
  }
}
