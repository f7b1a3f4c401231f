import { tabulate } from './table.ts';

/** What `sandbox status` prints, from the answer of the sandbox's control API (docs/sandbox.md). */
export function sandboxSummary(endpoint: string, answer: unknown): string {
  const status = parseStatus(answer);
  const { profile, factor } = status.latency;
  const resources = Object.entries(status.resources).filter(([, count]) => count > 0);
  const lines = [
    `The sandbox is up at ${endpoint}, with ${status.guests} guests${status.note === '' ? '' : ` (${status.note})`}.`,
    `DockerExtension: ${status.dockerExtension}. Latencies: ${profile}${profile === 'none' ? '' : `, times ${factor}`}.`,
    status.throttles ? 'Calls beyond the rate limits are refused.' : '',
    resources.length === 0 ? 'There are no resources in it.' : '',
  ].filter((line) => line !== '');
  const tables = [
    ...(resources.length === 0
      ? []
      : [[['RESOURCES', 'NUMBER'], ...resources.map(([type, count]) => [type, String(count)])]]),
    ...(status.machines.length === 0
      ? []
      : [[['VM', 'STATE', 'ADDRESS'], ...status.machines.map(({ name, state, address }) => [name, state, address])]]),
  ];
  return [lines.join('\n'), ...tables.map((rows) => tabulate(rows).trimEnd())].join('\n\n');
}

/** What `sandbox journal` prints: a line a request. */
export function sandboxRequests(answer: unknown): string {
  const entries = list(field(answer, 'entries'));
  const rows = entries.map((entry) => [
    text(field(entry, 'n')),
    text(field(entry, 'time')),
    text(field(entry, 'status')),
    text(field(entry, 'method')),
    text(field(entry, 'url')),
  ]);
  return rows.length === 0 ? 'No requests.' : tabulate([['N', 'TIME', 'STATUS', 'METHOD', 'URL'], ...rows]).trimEnd();
}

function parseStatus(answer: unknown) {
  const resources = Object.entries(Object(field(answer, 'resources'))).map(([type, count]): [string, number] => [
    type,
    Number(count),
  ]);
  return {
    guests: text(field(answer, 'guests')),
    note: text(field(answer, 'guestsNote')),
    dockerExtension: text(field(answer, 'dockerExtension')),
    latency: {
      profile: text(field(field(answer, 'latency'), 'profile')),
      factor: text(field(field(answer, 'latency'), 'factor')),
    },
    throttles: field(field(answer, 'throttling'), 'enabled') === true,
    resources: Object.fromEntries(resources),
    machines: list(field(answer, 'machines')).map((machine) => ({
      name: text(field(machine, 'name')),
      state: text(field(machine, 'state')),
      address: text(field(machine, 'publicAddress') ?? field(machine, 'privateAddress')),
    })),
  };
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function text(value: unknown): string {
  return value === undefined || value === null ? '' : String(value);
}
