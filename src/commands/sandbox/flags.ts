import { option } from '@oclif/core/flags';
import { text } from '../../cli/flags.ts';
import { UsageError } from '../../errors/usage-error.ts';
import type { SandboxOptions } from '../../sandbox/daemon.ts';

/** How a sandbox is started. */
export const sandboxFlags = {
  guests: option({
    options: ['auto', 'linux', 'simulated'] as const,
    env: 'AZDOCK_SANDBOX_GUESTS',
    helpValue: 'KIND',
    summary:
      'What plays the VMs: linux (systemd containers, as root), simulated, or linux where it can [default: auto]',
  })(),
  'docker-extension': option({
    options: ['works', 'fails', 'absent'] as const,
    env: 'AZDOCK_SANDBOX_DOCKER_EXTENSION',
    helpValue: 'STATE',
    summary: 'How DockerExtension behaves: works, fails, or absent [default: works]',
  })(),
  latency: text({
    env: 'AZDOCK_SANDBOX_LATENCY',
    helpValue: 'PROFILE',
    summary: 'How long operations take: none, recorded (as measured on Azure), or recorded:FACTOR [default: none]',
  }),
  throttling: text({
    env: 'AZDOCK_SANDBOX_THROTTLING',
    helpValue: 'HOW',
    summary: "Refuse calls beyond Azure's rate limits: off, on, or on:FACTOR where they recover faster [default: off]",
  }),
};

/** @throws UsageError when the profile is none */
export function latencyOf(value: string | undefined): NonNullable<SandboxOptions['latency']> | undefined {
  if (value === undefined) return undefined;
  const match = /^(none|recorded)(?::(\d+(?:\.\d+)?))?$/.exec(value);
  if (match === null) {
    throw new UsageError(`--latency takes none, recorded or recorded:FACTOR, not "${value}".`, {
      resource: '--latency',
    });
  }
  return { profile: match[1] === 'recorded' ? 'recorded' : 'none', factor: Number(match[2] ?? 1) };
}

/** @throws UsageError when it is neither off nor on */
export function throttlingOf(value: string | undefined): SandboxOptions['throttling'] {
  if (value === undefined) return undefined;
  const match = /^(off|on)(?::(\d+(?:\.\d+)?))?$/.exec(value);
  const factor = Number(match?.[2] ?? 1);
  if (match === null || factor <= 0) {
    throw new UsageError(`--throttling takes off, on or on:FACTOR, not "${value}".`, { resource: '--throttling' });
  }
  return { enabled: match[1] === 'on', factor };
}
