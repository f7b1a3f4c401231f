import { CUSTOM_SCRIPT } from '../../provision/custom-script.ts';
import { DOCKER_EXTENSION } from '../../provision/docker-extension.ts';
import type { Sidecar } from '../../store/sidecar.ts';

const NAMES: Readonly<Record<string, string>> = {
  'docker-extension': DOCKER_EXTENSION.type,
  'custom-script': CUSTOM_SCRIPT.type,
};

/**
 * Names of the extension resources that azdock may have attached to a machine: that of its provisioner first, then what the journal
 * names, such as the CustomScript by which a machine of cloud-init was provisioned again.
 */
export function ownExtensions(sidecar: Sidecar | undefined): readonly string[] {
  const current = NAMES[sidecar?.provisioner ?? ''];
  const journaled = (sidecar?.journal ?? []).flatMap(({ id }) => /\/extensions\/([^/]+)$/i.exec(id)?.[1] ?? []);
  return [...new Set([...(current === undefined ? [] : [current]), ...journaled])];
}
