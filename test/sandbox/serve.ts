import { serveSandbox } from '../../src/sandbox/daemon.ts';

// The process that `upSandbox` starts in tests: `node serve.ts DIRECTORY`.
await serveSandbox({ directory: String(process.argv[2]), guests: 'simulated' });
