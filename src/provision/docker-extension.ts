import type { ExtensionRequest } from './extension-request.ts';
import { Secret } from '../secret/secret.ts';
import { dockerOptions } from './engine-arguments.ts';
import type { Provisioning } from './provisioning.ts';
import { quoteExecWord } from './systemd-quote.ts';

export const DOCKER_EXTENSION = { publisher: 'Microsoft.Azure.Extensions', type: 'DockerExtension' } as const;

/** The only clouds that the handler knows (Azure/azure-docker-extension:op-enable.go). */
export type HandlerCloud = 'AzureCloud' | 'AzureChinaCloud';

/** Where the handler gets Docker from; it cannot be told another place. */
const HANDLER_INSTALL_URL = 'https://get.docker.com';

/**
 * The request that attaches DockerExtension. Names and types of the settings are the handler's
 * (Azure/azure-docker-extension:handlersettings.go): the port is a string, without which the engine opens none; options are a list
 * that it joins by single spaces into the unit file, so each comes quoted for systemd.
 *
 * @param options `version` as `major.minor`; `cloud` chooses the handler's download mirror
 * @throws UsageError when the engine's configuration is not valid
 */
export function dockerExtension(
  provisioning: Provisioning,
  options: { readonly version: string; readonly cloud?: HandlerCloud },
): ExtensionRequest {
  const { engine, certificates, compose, login } = provisioning;
  const secretEnvironment = compose?.secretEnvironment.reveal() ?? {};
  return {
    ...DOCKER_EXTENSION,
    name: DOCKER_EXTENSION.type,
    version: options.version,
    settings: {
      docker: {
        ...(engine.port === undefined ? {} : { port: String(engine.port) }),
        options: dockerOptions(engine).map(quoteExecWord),
      },
      ...(compose === undefined ? {} : { compose: compose.document }),
      ...(compose === undefined || isEmpty(compose.environment) ? {} : { 'compose-environment': compose.environment }),
      ...(options.cloud === undefined ? {} : { 'azure-environment': options.cloud }),
    },
    protectedSettings: new Secret({
      certs: {
        ca: base64(certificates.ca),
        cert: base64(certificates.cert),
        key: base64(certificates.key.reveal()),
      },
      ...(login === undefined
        ? {}
        : {
            login: {
              ...(login.server === undefined ? {} : { server: login.server }),
              username: login.username,
              password: login.password.reveal(),
            },
          }),
      ...(isEmpty(secretEnvironment) ? {} : { environment: secretEnvironment }),
    }),
  };
}

/** What DockerExtension cannot be told at all, a sentence each. Empty when it can do the whole job. */
export function whyNotDockerExtension(provisioning: Provisioning): string[] {
  const { engine } = provisioning;
  const reasons: string[] = [];
  if (engine.environment.length > 0) reasons.push('It cannot set environment variables of the engine (--engine-env).');
  if (engine.installUrl.replace(/\/+$/, '') !== HANDLER_INSTALL_URL) {
    reasons.push(`It installs Docker from ${HANDLER_INSTALL_URL} only (--engine-install-url).`);
  }
  // The handler passes the options through Go's Regexp.ReplaceAllString, which takes $ for a reference to a group.
  if (dockerOptions(engine).some((option) => option.includes('$'))) {
    reasons.push('It changes "$" in options and labels of the engine.');
  }
  return reasons;
}

/**
 * What DockerExtension takes but is known to fail with on today's Docker, a sentence each: reasons for `auto` to choose another
 * provisioner, not to refuse an explicit choice.
 */
export function doubtsAboutDockerExtension(provisioning: Provisioning): string[] {
  const doubts: string[] = [];
  if (provisioning.login !== undefined) {
    doubts.push('It logs in to registries with "docker login --email", which Docker has removed in 17.06.');
  }
  if (provisioning.compose !== undefined) {
    doubts.push('It installs docker-compose 1.6.2, whose API version Docker 25 and later refuse.');
  }
  return doubts;
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}

function isEmpty(record: Readonly<Record<string, string>>): boolean {
  return Object.keys(record).length === 0;
}
