import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, chmodSync, constants, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

// The whole story of a machine, told by a shell that runs azdock as a user would: against the sandbox, in a home directory of
// its own, with everything cleared away at the end.

const program = fileURLToPath(new URL('../bin/run.js', import.meta.url));
const world = mkdtempSync(join(tmpdir(), 'azdock-demo-'));
const home = join(world, 'home');
const bin = join(world, 'bin');
mkdirSync(home);
mkdirSync(bin);
symlinkSync(program, join(bin, 'azdock'));
chmodSync(world, 0o755);

const hasDocker = find('docker') !== undefined;
const busybox = find('busybox');

const story = [
  say('A stand-in Azure on this computer; the same commands work on Azure itself without this line.'),
  run('azdock sandbox up'),
  run('export AZURE_ENVIRONMENT=sandbox'),
  say('One command makes a Docker host: resource group, network, VM, engine, certificates.'),
  run('azdock create dev'),
  run('azdock ls'),
  say('Point this shell at it. The engine answers over mutual TLS before anything is printed.'),
  run('eval "$(azdock env --shell sh dev)"'),
  run('echo "$DOCKER_HOST"'),
  ...(hasDocker
    ? [run("docker version --format 'client {{.Client.Version}}, engine {{.Server.Version}}'"), ...containers()]
    : [say('(There is no docker command here, so azdock itself asks the engine.)'), run('azdock ls')]),
  say('A client that does not have the certificate gets nothing.'),
  run('! engine_without_certificate'),
  say('New CA, client and server certificates: the old set is refused from now on.'),
  run('azdock regenerate-certs -f --client-certs dev'),
  ...(hasDocker ? [run("docker info --format 'engine {{.ServerVersion}} knows the new certificates'")] : []),
  run('eval "$(azdock env --unset --shell sh)"'),
  say('And away with all of it.'),
  run('azdock rm -y dev'),
  run('azdock ls'),
  run('azdock sandbox status'),
  run('test "$(count_resources)" = 0'),
  say('Nothing is left.'),
];

function containers(): string[] {
  if (busybox === undefined) return [say('(There is no busybox here to make an image of, so no container is run.)')];
  return [
    'if [ "$(kind_of_guests)" = linux ]; then',
    say('There is no registry here, so the image is made of the busybox that this computer has.'),
    run(`tar -C '${dirname(busybox)}' -c busybox | docker import -c 'ENTRYPOINT ["/busybox"]' - busybox:demo`),
    run("docker run --rm busybox:demo echo 'hello from a container on dev'"),
    'else',
    say('(The guests are simulated here: engine and certificates are real, containers are not.)'),
    'fi',
  ];
}

const script = [
  'set -eu',
  `run() { printf '\\n\\033[1m$ %s\\033[0m\\n' "$1"; eval "$1" || { echo "demo: that failed" >&2; exit 1; }; }`,
  `say() { printf '\\n\\033[36m# %s\\033[0m\\n' "$1"; }`,
  'engine_without_certificate() { node -e "$WITHOUT_CERTIFICATE"; }',
  'count_resources() { azdock sandbox status --json | node -e "$COUNT_RESOURCES"; }',
  'kind_of_guests() { azdock sandbox status --json | node -e "$KIND_OF_GUESTS"; }',
  "trap 'code=$?; azdock sandbox reset >/dev/null 2>&1 || true; azdock sandbox down >/dev/null 2>&1 || true; exit $code' EXIT",
  "trap 'exit 130' INT TERM",
  ...story,
].join('\n');

const file = join(world, 'demo.sh');
writeFileSync(file, script);
const shell = spawn('sh', [file], {
  stdio: 'inherit',
  cwd: world,
  env: {
    ...process.env,
    HOME: home,
    PATH: [bin, process.env['PATH']].join(delimiter),
    AZDOCK_SANDBOX_DIR: join(world, 'sandbox'),
    MACHINE_STORAGE_PATH: join(home, '.docker', 'machine'),
    NO_PROXY: '127.0.0.1,localhost',
    COUNT_RESOURCES:
      "let t='';process.stdin.on('data',d=>t+=d).on('end',()=>console.log(Object.values(JSON.parse(t).resources).reduce((a,b)=>a+b,0)))",
    KIND_OF_GUESTS: "let t='';process.stdin.on('data',d=>t+=d).on('end',()=>console.log(JSON.parse(t).guests))",
    WITHOUT_CERTIFICATE:
      "const u=new URL(process.env.DOCKER_HOST.replace('tcp:','https:'));const ca=require('fs').readFileSync(process.env.DOCKER_CERT_PATH+'/ca.pem');require('https').get({hostname:u.hostname,port:u.port,path:'/version',ca},()=>{console.log('answered');process.exit(0)}).on('error',e=>{console.log('refused: TLS alert,',/alert ([a-z ]+)/.exec(e.message)?.[1]??e.message);process.exit(1)})",
  },
});
// The shell gets Ctrl-C as well, and clears up.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => shell.kill('SIGTERM'));
await once(shell, 'close');
rmSync(world, { recursive: true, force: true });
process.exitCode = shell.exitCode ?? 1;

function run(command: string): string {
  return `run '${command.replaceAll("'", "'\\''")}'`;
}

function say(text: string): string {
  return `say '${text.replaceAll("'", "'\\''")}'`;
}

function find(name: string): string | undefined {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}
