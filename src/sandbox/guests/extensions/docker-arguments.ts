import type { DockerExtensionSettings } from './docker-extension-settings.ts';

/** The engine's arguments, in the handler's order, joined without any quoting (op-enable.go, getArgs). */
export function dockerArguments(settings: Pick<DockerExtensionSettings, 'certificates' | 'port' | 'options'>): string {
  const tls = [
    '--tlsverify',
    '--tlscacert=/etc/docker/ca.pem',
    '--tlscert=/etc/docker/cert.pem',
    '--tlskey=/etc/docker/key.pem',
  ];
  return [
    '-H=fd://',
    ...(settings.certificates === undefined ? [] : tls),
    ...(settings.port === '' ? [] : [`-H=0.0.0.0:${settings.port}`]),
    ...settings.options,
  ].join(' ');
}

/**
 * A systemd unit with its `ExecStart` lines replaced (pkg/dockeropts/systemd.go).
 * @throws Error when it has none
 */
export function replaceExecStart(unit: string, dockerArgs: string): string {
  const pattern = /ExecStart=.*/g;
  if (!pattern.test(unit))
    throw new Error(
      'failed to update dockeropts: error updating DOCKER_OPTS: systemd unit editor could not find ExecStart',
    );
  return unit.replaceAll(pattern, () => `ExecStart=/usr/bin/dockerd ${dockerArgs}`);
}
