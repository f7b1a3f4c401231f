import type { HttpClient } from '@azure/core-rest-pipeline';
import { AzdockError } from '../../errors/azdock-error.ts';
import { Secret } from '../../secret/secret.ts';
import { isAzInstalled } from './az.ts';
import { cacheTokens, type RenewableCredential } from './cached-credential.ts';
import type { Cloud } from './clouds.ts';
import type { LoginPlan } from './credentials.ts';
import type { AzureDependencies } from './dependencies.ts';
import { loginError, unreachableLogin } from './login-errors.ts';
import type { AzureOptions } from './options.ts';

export interface Login {
  readonly options: Pick<AzureOptions, 'login' | 'tenantId' | 'clientId' | 'clientSecret' | 'subscriptionId'>;
  /** Name of the machine that is being made; undefined when none is. */
  readonly newMachine: string | undefined;
  readonly cloud: Cloud;
  readonly transport: HttpClient;
  readonly dependencies: AzureDependencies;
  /** Asked for only when the way in needs a tenant and none was given. */
  findTenant(): Promise<string>;
}

/** A way that was looked at and not taken, and why. */
export interface Tried {
  readonly way: string;
  readonly why: string;
}

/** How a login was chosen. */
export interface LoginChoice {
  /** In azdock's words: `client-secret`, `az`. */
  readonly way: string;
  readonly tried: readonly Tried[];
}

/**
 * Chooses one way to log in, by what the user gave; no way is tried blindly after another. The order of `auto`: client
 * secret, workload identity, GitHub's OIDC, what AZURE_TOKEN_CREDENTIALS names, az. Managed identity and device code have to
 * be asked for, the sandbox knows its own.
 *
 * @throws LoginError listing what was looked at
 */
export async function logIn(login: Login): Promise<RenewableCredential> {
  const tried: Tried[] = [];
  const plan = await choose(login, tried);
  if (plan === undefined) throw loginError({ newMachine: login.newMachine, tried });
  login.dependencies.onLogin?.({ way: plan.way, tried });
  const [{ openCredential }, { loginTransport }] = await Promise.all([
    import('./credentials.ts'),
    import('./login-transport.ts'),
  ]);
  const transport = loginTransport(login.transport, login.dependencies.clock);
  return cacheTokens(
    () => openCredential(plan, login.cloud, transport),
    (error) => {
      if (error instanceof AzdockError) return error;
      const failure = transport.failure();
      if (failure !== undefined) return unreachableLogin(failure, error);
      const why = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
      return loginError({ newMachine: login.newMachine, tried: [...tried, { way: plan.way, why }], cause: error });
    },
  );
}

async function choose(login: Login, tried: Tried[]): Promise<LoginPlan | undefined> {
  const { options, cloud } = login;
  const method = options.login;
  if (cloud.sandbox !== undefined && method === 'auto') return { way: 'client-secret', ...cloud.sandbox };
  for (const { name, plan } of ways) {
    if (method === name || (method === 'auto' && isAutomatic(name))) {
      const found = await plan(login);
      if (typeof found !== 'string') return found;
      tried.push({ way: name, why: found });
    }
  }
  return undefined;
}

const isAutomatic = (name: string) => name !== 'managed-identity' && name !== 'device-code';

/** Each gives a plan, or says what is missing. */
const ways: readonly { readonly name: string; readonly plan: (login: Login) => Promise<LoginPlan | string> }[] = [
  {
    name: 'client-secret',
    async plan(login) {
      const { clientId, clientSecret } = identity(login);
      if (clientId === undefined) return 'AZURE_CLIENT_ID not set';
      if (clientSecret === undefined) return 'AZURE_CLIENT_SECRET not set';
      return { way: 'client-secret', tenantId: await tenantOf(login), clientId, clientSecret };
    },
  },
  {
    name: 'workload-identity',
    async plan(login) {
      const tokenFile = login.dependencies.environment['AZURE_FEDERATED_TOKEN_FILE'];
      const { clientId } = identity(login);
      if (!tokenFile) return 'no token file';
      if (clientId === undefined) return 'AZURE_CLIENT_ID not set';
      return { way: 'workload-identity', tenantId: await tenantOf(login), clientId, tokenFile };
    },
  },
  {
    name: 'github-oidc',
    async plan(login) {
      const url = login.dependencies.environment['ACTIONS_ID_TOKEN_REQUEST_URL'];
      const token = login.dependencies.environment['ACTIONS_ID_TOKEN_REQUEST_TOKEN'];
      const { clientId } = identity(login);
      if (!url || !token) return 'not in a GitHub job with id-token permission';
      if (clientId === undefined) return 'AZURE_CLIENT_ID not set';
      return { way: 'github-oidc', tenantId: await tenantOf(login), clientId, url, token: new Secret(token) };
    },
  },
  {
    name: 'default',
    async plan(login) {
      if (!login.dependencies.environment['AZURE_TOKEN_CREDENTIALS']) return 'not set';
      return { way: 'default', tenantId: login.options.tenantId };
    },
  },
  {
    name: 'az',
    async plan({ options, dependencies }) {
      if (!(await isAzInstalled(dependencies.environment))) return 'not installed';
      // az takes a tenant or a subscription, not both.
      const { tenantId, subscriptionId } = options;
      return { way: 'az', tenantId, subscriptionId: tenantId === undefined ? subscriptionId : undefined };
    },
  },
  {
    name: 'managed-identity',
    async plan(login) {
      return { way: 'managed-identity', clientId: login.options.clientId };
    },
  },
  {
    name: 'device-code',
    async plan(login) {
      const { dependencies, options } = login;
      if (!dependencies.interactive) return 'needs a terminal';
      const clientId = options.clientId ?? login.cloud.sandbox?.clientId;
      return { way: 'device-code', tenantId: await tenantOf(login), clientId, notify: dependencies.notify };
    },
  },
];

function identity({ options, cloud }: Login): { clientId: string | undefined; clientSecret: Secret | undefined } {
  return {
    clientId: options.clientId || cloud.sandbox?.clientId,
    clientSecret: options.clientSecret ?? cloud.sandbox?.clientSecret,
  };
}

async function tenantOf(login: Login): Promise<string> {
  return login.options.tenantId ?? login.cloud.sandbox?.tenantId ?? login.cloud.tenantId ?? (await login.findTenant());
}
