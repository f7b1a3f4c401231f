import { UsageError } from '../../errors/usage-error.ts';
import type { ComposeProject } from '../../provision/provisioning.ts';
import { type RecalledProvisioning, recallProvisioning } from '../../provision/remembered.ts';
import type { ComposeRemoval } from '../../provision/script/compose-removal.ts';
import { Secret } from '../../secret/secret.ts';
import type { JsonObject } from '../../store/record.ts';
import type { ChangeRequest } from './change-request.ts';

/** What becomes of a machine's compose project. */
export interface ComposeChange {
  /** `kept`: it is as it was, and may be left alone where its secrets are not known. */
  readonly kind: 'kept' | 'changed' | 'gone';
  readonly project: ComposeProject | undefined;
  readonly removals: readonly ComposeRemoval[];
}

/** A change by which the compose project goes. */
export const WITHOUT_COMPOSE: Pick<ChangeRequest, 'compose' | 'unset'> = {
  compose: { document: undefined, environment: {}, secretEnvironment: new Secret({}) },
  unset: [{ flag: 'compose', key: undefined }],
};

const PROJECT = 'COMPOSE_PROJECT_NAME';

/** @throws UsageError when a project or a secret is missing */
export function changeCompose(
  remembered: JsonObject | undefined,
  { compose: given, unset }: Pick<ChangeRequest, 'compose' | 'unset'>,
): ComposeChange {
  const old = recallProvisioning(remembered);
  const flags = new Map(unset.map(({ flag, key }) => [`${flag} ${key ?? ''}`, true]));
  if (flags.has('compose ')) {
    if (given.document !== undefined) throw new UsageError('--compose and --no-compose do not go together.');
    const removals = old.compose === undefined ? [] : [{ project: projectOf(old, {}), keep: [] }];
    return { kind: 'gone', project: undefined, removals };
  }
  const secrets = given.secretEnvironment.reveal();
  const names = [...Object.keys(given.environment), ...Object.keys(secrets)];
  const isTouched =
    given.document !== undefined || names.length > 0 || unset.some(({ flag }) => flag === 'compose-env');
  if (!isTouched) return { kind: 'kept', project: undefined, removals: [] };

  const document = given.document ?? old.compose?.document;
  if (document === undefined)
    throw new UsageError('The machine has no compose project whose environment could change: add --compose FILE.', {
      resource: '--compose-env',
    });
  const isUnset = (name: string) => flags.has('compose-env ') || flags.has(`compose-env ${name}`);
  const missing = old.missingSecrets.filter((name) => !names.includes(name) && !isUnset(name));
  const wanted = given.document === undefined ? missing : missing.filter((name) => mentions(document, name));
  if (wanted.length > 0) throw missingSecrets(wanted);

  const kept = Object.entries(old.compose?.environment ?? {}).filter(([name]) => !isUnset(name) && !(name in secrets));
  const environment = { ...Object.fromEntries(kept), ...given.environment };
  const project = { document, environment, secretEnvironment: new Secret(secrets) };
  return { kind: 'changed', project, removals: removalsFor(old, project) };
}

/** Containers of services that there are no more, and of the project under its old name. */
function removalsFor(old: RecalledProvisioning, next: ComposeProject): ComposeRemoval[] {
  if (old.compose === undefined) return [];
  const was = projectOf(old, next.secretEnvironment.reveal());
  const is = projectName({ ...next.environment, ...next.secretEnvironment.reveal() });
  if (was !== is) return [{ project: was, keep: [] }];
  const keep = servicesOf(next.document);
  const hasLost = servicesOf(old.compose.document).some((service) => !keep.includes(service));
  return hasLost ? [{ project: is, keep }] : [];
}

/** @throws UsageError when it was named by a secret that is not known any more */
function projectOf(old: RecalledProvisioning, secrets: Readonly<Record<string, string>>): string {
  if (!old.missingSecrets.includes(PROJECT)) return projectName(old.compose?.environment ?? {});
  if (secrets[PROJECT] === undefined) throw missingSecrets([PROJECT]);
  return projectName(secrets);
}

/** As docker compose spells a project; the default is DockerExtension's (Azure/azure-docker-extension:op-enable.go). */
function projectName(environment: Readonly<Record<string, string>>): string {
  return (environment[PROJECT] || 'compose').toLowerCase().replace(/[^-_a-z0-9]/g, '');
}

/** The first format had no key `services`: its top level are the services. */
function servicesOf(document: Readonly<Record<string, unknown>>): string[] {
  const { services } = document;
  if (typeof services === 'object' && services !== null) return Object.keys(services);
  return Object.keys(document).filter((key) => !/^(version|name|networks|volumes|x-.*)$/.test(key));
}

function mentions(document: Readonly<Record<string, unknown>>, name: string): boolean {
  return new RegExp(`\\b${name}\\b`).test(JSON.stringify(document));
}

function missingSecrets(names: readonly string[]): UsageError {
  return new UsageError(`The compose project needs ${names.join(', ')}, which azdock does not keep.`, {
    resource: '--compose-secret-env',
    details: [`Add ${names.map((name) => `--compose-secret-env ${name}`).join(' ')}, or --unset compose-env=NAME.`],
  });
}
