/**
 * How `create` ends (docker/machine:libmachine/libmachine.go, commands/create.go).
 * @param made.engineVersion null when nobody asked the engine
 */
export function createdLines(made: { readonly name: string; readonly engineVersion: string | null }): string {
  return (
    (made.engineVersion === null ? '' : 'Docker is up and running!\n') +
    'To see how to connect your Docker Client to the Docker Engine running on this virtual machine, ' +
    `run: docker-machine env ${made.name}`
  );
}

/** What `rm` says first, whether it asks or not (docker/machine:commands/rm.go). */
export function removalLines(names: readonly string[]): string {
  return (
    `About to remove ${names.join(', ')}\n` +
    'WARNING: This action will delete both local reference and remote instance.'
  );
}

/** What `rm` says of the machines that are gone. */
export function removedLines(names: readonly string[]): string {
  return names.map((name) => `Successfully removed ${name}`).join('\n');
}
