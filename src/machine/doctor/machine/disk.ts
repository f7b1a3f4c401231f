import type { Check } from '../check.ts';
import { bytesText } from '../bytes-text.ts';
import { command, type Finding, notChecked, ok, problem, warning, worst } from '../finding.ts';
import type { MachineSubject } from './machine-subject.ts';
import { type FileSystem, parseFileSystems } from './parse-df.ts';
import { parseInfo } from './parse-info.ts';

/** An image of some size has to fit in. */
const BAD_BYTES = 1024 ** 3;
const BAD_SHARE = 0.05;
const WARN_BYTES = 4 * 1024 ** 3;
const WARN_SHARE = 0.15;
/** Where the engine keeps its data unless it is told otherwise (docs.docker.com, "dockerd", --data-root). */
const DATA_ROOT = '/var/lib/docker';

/** Room on the host's root file system and on the engine's, over SSH; without that the engine tells how much it uses itself. */
export const disk: Check<MachineSubject> = {
  id: 'disk',
  title: 'Disk of the host',
  needs: ['vm'],
  async run(subject, signal) {
    const root = await rootOf(subject);
    const systems = await bySsh(subject, root, signal);
    const [first, ...others] = systems.map((one) => judge(subject.name, one, root));
    return first === undefined ? byEngine(subject) : worst(first, ...others);
  },
};

async function rootOf({ ask }: MachineSubject): Promise<string> {
  const body = await ask('/info').then(
    (reply) => reply.body,
    () => '',
  );
  return parseInfo(body)?.rootDirectory ?? DATA_ROOT;
}

/** Empty where there is no SSH, or nothing that can be run. */
async function bySsh(
  { stored, ssh }: MachineSubject,
  root: string,
  signal: AbortSignal,
): Promise<readonly FileSystem[]> {
  if (stored.record.DriverName === 'none') return [];
  const [session, { commandLine }] = await Promise.all([
    ssh().catch(() => undefined),
    import('../../../ssh/command.ts'),
  ]);
  if (session === undefined) return [];
  const run = async (flag: string) =>
    (await session.exec(`LC_ALL=C ${commandLine(['df', flag, '/', root])}`, { signal })).stdout;
  const [blocks, nodes] = await Promise.all([run('-Pk'), run('-Pi')]);
  return parseFileSystems(blocks, nodes);
}

function judge(machine: string, system: FileSystem, root: string): Finding {
  const { mountedOn, sizeBytes, freeBytes, freeNodes } = system;
  const isEngines = root === mountedOn || root.startsWith(`${mountedOn === '/' ? '' : mountedOn}/`);
  const fix = command(
    isEngines ? `azdock exec ${machine} -- docker system prune` : `azdock ssh ${machine} -- sudo du -xhd1 ${mountedOn}`,
  );
  if (freeNodes === 0) return problem(`${mountedOn} takes no more files: its inodes are used up.`, fix);
  const share = sizeBytes === 0 ? 1 : freeBytes / sizeBytes;
  const words = `${bytesText(freeBytes)} of ${bytesText(sizeBytes)} are free on ${mountedOn}.`;
  if (freeBytes < BAD_BYTES || share < BAD_SHARE) return problem(words, fix);
  if (freeBytes < WARN_BYTES || share < WARN_SHARE) return warning(words, fix);
  return ok(words);
}

/** What images, containers and volumes take; how much is left, the engine does not know (Docker Engine API, "Get data usage"). */
async function byEngine({ ask }: MachineSubject): Promise<Finding> {
  const reply = await ask('/system/df').catch(() => undefined);
  const used = reply?.status === 200 ? usedBytes(reply.body) : undefined;
  const engine = used === undefined ? '' : ` Docker's images, containers and volumes take ${bytesText(used)}.`;
  return notChecked(`SSH does not tell how much is free.${engine}`);
}

function usedBytes(body: string): number | undefined {
  try {
    const { LayersSize, Containers, Volumes } = Object(JSON.parse(body));
    const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
    const containers = list(Containers).map((one) => Number(Object(one).SizeRw ?? 0));
    const volumes = list(Volumes).map((one) => Math.max(0, Number(Object(Object(one).UsageData).Size ?? 0)));
    return [Number(LayersSize ?? 0), ...containers, ...volumes].reduce((sum, size) => sum + size, 0);
  } catch {
    return undefined;
  }
}
