import type { ComposeProject, Provisioning, RegistryLogin } from './provisioning.ts';

type JsonValue = null | boolean | number | string | JsonValue[] | { [key: string]: JsonValue };

/** What the sidecar keeps of a provisioning beyond the record, as JSON. Holds no secret: of those it knows only that there were some. */
export type RememberedProvisioning = {
  adminUser: string;
  compose: {
    document: { [key: string]: JsonValue };
    environment: { [name: string]: string };
    /** Names of the protected variables. Their values are not kept. */
    secretNames: string[];
  } | null;
  /** The registry login without its password. */
  login: { server: string | null; username: string } | null;
};

/** What to keep in the sidecar's `provision`. Engine options are in the record, as docker-machine keeps them. */
export function rememberedProvisioning(
  provisioning: Pick<Provisioning, 'adminUser' | 'compose' | 'login'>,
): RememberedProvisioning {
  const { adminUser, compose, login } = provisioning;
  return {
    adminUser,
    compose:
      compose === undefined
        ? null
        : {
            document: parseDocument(compose.document),
            environment: { ...compose.environment },
            secretNames: Object.keys(compose.secretEnvironment.reveal()),
          },
    login: login === undefined ? null : { server: login.server ?? null, username: login.username },
  };
}

/**
 * What was remembered, after a change. Undefined keeps what there is, null takes it away.
 * @param old the sidecar's `provision`, whatever its shape; its keys of others stay
 */
export function changeRemembered(
  old: { [key: string]: JsonValue } | undefined,
  change: {
    readonly adminUser: string;
    readonly compose: ComposeProject | null | undefined;
    readonly login: RegistryLogin | null | undefined;
  },
): { [key: string]: JsonValue } {
  const { adminUser, compose, login } = change;
  const fresh = rememberedProvisioning({ adminUser, compose: compose ?? undefined, login: login ?? undefined });
  return {
    ...old,
    adminUser,
    ...(compose === undefined ? {} : { compose: fresh.compose }),
    ...(login === undefined ? {} : { login: fresh.login }),
  };
}

/** A remembered provisioning, ready for another run. */
export interface RecalledProvisioning {
  readonly adminUser: string | undefined;
  /** Undefined when there was none; without secrets it can run again as it is. */
  readonly compose: Omit<ComposeProject, 'secretEnvironment'> | undefined;
  /** Variables whose values have to come from the user before compose may run again. */
  readonly missingSecrets: readonly string[];
  /** The login that needs its password again. */
  readonly login: { readonly server: string | undefined; readonly username: string } | undefined;
}

/** Reads what {@link rememberedProvisioning} wrote. What is missing or of another shape counts as not remembered. */
export function recallProvisioning(remembered: unknown): RecalledProvisioning {
  const root = parseObject(remembered);
  const compose = parseObject(root?.['compose']);
  const document = parseObject(compose?.['document']);
  const login = parseObject(root?.['login']);
  const username = login?.['username'];
  const server = login?.['server'];
  const adminUser = root?.['adminUser'];
  const secretNames = compose?.['secretNames'];
  return {
    adminUser: typeof adminUser === 'string' ? adminUser : undefined,
    compose:
      document === undefined
        ? undefined
        : { document, environment: strings(parseObject(compose?.['environment']) ?? {}) },
    missingSecrets: Array.isArray(secretNames) ? secretNames.filter((name) => typeof name === 'string') : [],
    login:
      typeof username === 'string' ? { username, server: typeof server === 'string' ? server : undefined } : undefined,
  };
}

function parseDocument(document: Readonly<Record<string, unknown>>): { [key: string]: JsonValue } {
  return JSON.parse(JSON.stringify(document));
}

function parseObject(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
}

function strings(record: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(record).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
