// Run by client.test.ts in a process of its own, whose debug output is then searched for the key.
import { connectEngine } from '../../src/engine/client.ts';
import { Secret } from '../../src/secret/secret.ts';

const { TEST_PORT, TEST_CA = '', TEST_CERT = '', TEST_KEY = '' } = process.env;
const engine = connectEngine({
  machine: 'dev',
  host: '127.0.0.1',
  port: Number(TEST_PORT),
  ca: TEST_CA,
  cert: TEST_CERT,
  key: new Secret(TEST_KEY),
  timeoutMs: 5000,
});
const { version } = await engine.version();
console.log(version, process.env['DOCKER_HOST']);
