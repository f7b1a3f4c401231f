import type { Identity } from '../identity.ts';

/** The OpenID configuration of a tenant, https://learn.microsoft.com/entra/identity-platform/v2-protocols-oidc */
export function openIdConfiguration(endpoint: string, tenant: string, identity: Identity): unknown {
  const base = `${endpoint}/${tenant}`;
  return {
    issuer: `${endpoint}/${identity.tenantId}/v2.0`,
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    token_endpoint: `${base}/oauth2/v2.0/token`,
    device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode`,
    jwks_uri: `${base}/discovery/v2.0/keys`,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt'],
    response_types_supported: ['code', 'id_token'],
    response_modes_supported: ['query', 'fragment', 'form_post'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['ES256'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    claims_supported: ['sub', 'iss', 'aud', 'exp', 'iat', 'tid', 'oid'],
    tenant_region_scope: null,
    cloud_instance_name: new URL(endpoint).host,
  };
}

/** Answer of instance discovery: this host is an authority of its own. */
export function instanceDiscovery(endpoint: string, identity: Identity): unknown {
  const host = new URL(endpoint).host;
  return {
    tenant_discovery_endpoint: `${endpoint}/${identity.tenantId}/v2.0/.well-known/openid-configuration`,
    'api-version': '1.1',
    metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
  };
}
