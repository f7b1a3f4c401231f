// An entry of the bundle of its own, chosen by bin/run.js: docker asks for this before every `docker machine …` and whenever it
// lists its plugins, so that nothing else is loaded for it.

/** Put in by `scripts/build.ts`; absent when the sources run as they are. */
declare const AZDOCK_VERSION: string | undefined;

// Fields and their rules: docker/cli:cli-plugins/metadata/metadata.go. Versions of the schema from 0.2 on are refused by docker
// before 28.4.
process.stdout.write(
  `${JSON.stringify({
    SchemaVersion: '0.1.0',
    Vendor: 'azdock',
    Version: typeof AZDOCK_VERSION === 'string' ? AZDOCK_VERSION : 'development',
    ShortDescription: 'Docker hosts on Azure, in the manner of docker-machine',
  })}\n`,
);
