import { option } from '@oclif/core/flags';
import type { AzureOptions } from '../../machine/create-request.ts';
import { azure } from './flag.ts';

const LOGIN = 'Azure: login';

/** How azdock proves to Azure who it is. */
export const loginFlags = {
  'azure-login': option({
    options: [
      'auto',
      'client-secret',
      'workload-identity',
      'github-oidc',
      'managed-identity',
      'az',
      'device-code',
    ] as const satisfies AzureOptions['login'][],
    env: 'AZDOCK_AZURE_LOGIN',
    helpValue: 'HOW',
    summary:
      'Login: client-secret, workload-identity, github-oidc, managed-identity, az, device-code, or what is there [default: auto]',
    helpGroup: LOGIN,
  })(),
  'azure-tenant-id': azure('TENANT_ID', {
    helpValue: 'ID',
    summary: "Microsoft Entra tenant [default: the subscription's]",
    helpGroup: LOGIN,
  }),
  'azure-client-id': azure('CLIENT_ID', {
    helpValue: 'ID',
    summary: 'Service principal or user-assigned identity',
    helpGroup: LOGIN,
  }),
  'azure-client-secret': azure('CLIENT_SECRET', {
    helpValue: 'SECRET',
    summary: 'Its secret; better given by the environment variable than here, where others can read it',
    helpGroup: LOGIN,
  }),
};
