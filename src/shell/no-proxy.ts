/** Where to look variables up, as `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A change of the no-proxy variables, in the terms of `EnvironmentChange`. */
export interface NoProxyChange {
  readonly set: readonly (readonly [name: string, value: string])[];
  readonly unset: readonly string[];
}

/**
 * Adds an address to the no-proxy list, unless it is a member already. Like docker-machine (commands/env.go) it prefers
 * `no_proxy` when that is not empty; unlike it, `NO_PROXY` follows when both are in use, because Go programs read that first,
 * and an address that is only part of another (10.0.0.1 in 10.0.0.12) does not count as a member.
 */
export function addToNoProxy(environment: Environment, address: string): NoProxyChange {
  const set = variables(environment).map(({ name, members }): [string, string] => {
    const present = members.some((member) => isSameHost(member, address));
    const value = environment[name] ?? '';
    return [name, present ? value : value === '' ? address : `${value},${address}`];
  });
  return { set, unset: [] };
}

/**
 * Takes the address that `DOCKER_HOST` names out of the no-proxy list, and removes the variable when nothing else is left.
 * docker-machine removes the whole variable, or prints a broken line when it is not empty; the user's own entries stay here.
 */
export function removeFromNoProxy(environment: Environment): NoProxyChange {
  const address = hostOf(environment['DOCKER_HOST'] ?? '');
  const set: [string, string][] = [];
  const unset: string[] = [];
  for (const { name, members } of variables(environment)) {
    const rest = members.filter((member) => address === undefined || !isSameHost(member, address));
    if (rest.length === 0) unset.push(name);
    else if (rest.length < members.length) set.push([name, rest.join(',')]);
  }
  return { set, unset };
}

function variables(environment: Environment): { name: string; members: string[] }[] {
  const used = ['no_proxy', 'NO_PROXY'].filter((name) => (environment[name] ?? '') !== '');
  return (used.length === 0 ? ['NO_PROXY'] : used).map((name) => ({ name, members: split(environment[name] ?? '') }));
}

function split(list: string): string[] {
  return list.split(',').filter((member) => member.trim() !== '');
}

function isSameHost(member: string, address: string): boolean {
  return member.trim().toLowerCase() === address.toLowerCase();
}

/** The host of `tcp://HOST:PORT`, without the brackets of an IPv6 address. */
function hostOf(dockerHost: string): string | undefined {
  const host = /^tcp:\/\/(?:\[([^\]]+)\]|([^:/]+))/.exec(dockerHost);
  return host?.[1] ?? host?.[2];
}
