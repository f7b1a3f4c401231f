import type { World } from '../world.ts';

/** A kind of extension that a publisher offers. */
export interface ExtensionKind {
  readonly publisher: string;
  readonly type: string;
  readonly versions: readonly string[];
}

const azureExtensions = 'Microsoft.Azure.Extensions';

/** Versions: https://github.com/Azure/custom-script-extension-linux and a listing of eastus recorded in October 2019. */
const customScript: ExtensionKind = {
  publisher: azureExtensions,
  type: 'CustomScript',
  versions: ['2.0.7', '2.1.3', '2.1.10', '2.1.13', '2.1.19'],
};

const docker: ExtensionKind = {
  publisher: azureExtensions,
  type: 'DockerExtension',
  versions: ['1.0.1512030601', '1.1.1606092330', '1.2.0', '1.2.2'],
};

/** What the regions publish at this moment. */
export function publishedExtensions(world: World): readonly ExtensionKind[] {
  return world.settings.dockerExtension === 'absent' ? [customScript] : [customScript, docker];
}

export function findExtensionKind(world: World, publisher: string, type: string): ExtensionKind | undefined {
  return publishedExtensions(world).find(
    (kind) =>
      kind.publisher.toLowerCase() === publisher.toLowerCase() && kind.type.toLowerCase() === type.toLowerCase(),
  );
}

/** The version that a request for `major.minor` gets: the newest of the minor, or of the major where upgrades are allowed. */
export function resolveVersion(kind: ExtensionKind, wanted: string, upgradeMinor: boolean): string | undefined {
  const [major = '', minor = '0'] = wanted.split('.');
  return kind.versions.findLast((version) => {
    const [ofMajor = '', ofMinor = ''] = version.split('.');
    return ofMajor === major && (upgradeMinor ? Number(ofMinor) >= Number(minor) : ofMinor === minor);
  });
}

export function isDockerExtension({ publisher, type }: { readonly publisher: string; readonly type: string }): boolean {
  return publisher.toLowerCase() === docker.publisher.toLowerCase() && type.toLowerCase() === docker.type.toLowerCase();
}
