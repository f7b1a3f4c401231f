/** What doctor wants to know of `GET /info` (Docker Engine API, "Get system information"). */
export interface InfoFacts {
  readonly warnings: readonly string[];
  readonly hasLiveRestore: boolean;
  readonly containers: number;
  readonly running: number;
  /** Where the engine keeps its data on the host. */
  readonly rootDirectory: string | undefined;
}

/** @returns undefined for what is no such answer */
export function parseInfo(body: string): InfoFacts | undefined {
  try {
    const found: unknown = JSON.parse(body);
    const { Warnings, LiveRestoreEnabled, Containers, ContainersRunning, DockerRootDir } = Object(found);
    return {
      warnings: Array.isArray(Warnings)
        ? Warnings.map((text) => String(text).trim()).filter((text) => text !== '')
        : [],
      hasLiveRestore: LiveRestoreEnabled === true,
      containers: Number(Containers ?? 0),
      running: Number(ContainersRunning ?? 0),
      rootDirectory: typeof DockerRootDir === 'string' && DockerRootDir.startsWith('/') ? DockerRootDir : undefined,
    };
  } catch {
    return undefined;
  }
}
