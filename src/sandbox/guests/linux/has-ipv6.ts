import { readFile } from 'node:fs/promises';
import { runProgram } from './run-program.ts';

/** Whether guests can have IPv6 here: the kernel does it, and its rules can be set. */
export async function hasIpv6(): Promise<boolean> {
  for (const scope of ['all', 'default']) {
    const disabled = await readFile(`/proc/sys/net/ipv6/conf/${scope}/disable_ipv6`, 'utf8').catch(() => '1');
    if (disabled.trim() !== '0') return false;
  }
  const rules = await runProgram({ program: 'ip6tables', args: ['-w', '10', '-S', 'INPUT'] }).catch(() => undefined);
  return rules?.exitCode === 0;
}
