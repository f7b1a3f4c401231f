// Loaded with `--import` into the azdock of a test: a call of the system that never fails, fails.
import os from 'node:os';
import { syncBuiltinESMExports } from 'node:module';

os.hostname = () => {
  throw new TypeError('the computer has no name');
};
syncBuiltinESMExports();
