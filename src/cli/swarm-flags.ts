import type { InferredFlags } from '@oclif/core/interfaces';
import { repeated, text, yes } from './flags.ts';

/**
 * Flags of the swarm that came before `docker swarm` (docker/machine:commands/create.go). azdock writes them into the record, where
 * docker-machine keeps them, and does no more: that swarm's image no longer works with today's engines.
 */
export const swarmFlags = {
  swarm: yes({ summary: 'Join a swarm', hidden: true }),
  'swarm-master': yes({ summary: 'Be its master', hidden: true }),
  'swarm-image': text({ env: 'MACHINE_SWARM_IMAGE', summary: 'Image', hidden: true }),
  'swarm-discovery': text({ summary: 'Discovery service', hidden: true }),
  'swarm-strategy': text({ summary: 'Strategy', hidden: true }),
  'swarm-opt': repeated({ summary: 'Option of the master', hidden: true }),
  'swarm-join-opt': repeated({ summary: 'Option of a member', hidden: true }),
  'swarm-host': text({ summary: 'Address that the master listens on', hidden: true }),
  'swarm-addr': text({ summary: 'Address to advertise', hidden: true }),
  'swarm-experimental': yes({ summary: 'Experimental features', hidden: true }),
};

/** What was given, under the keys of the record's `HostOptions.SwarmOptions`. */
export interface SwarmValues {
  readonly IsSwarm: boolean;
  readonly Agent: boolean;
  readonly Master: boolean;
  readonly Image?: string;
  readonly Discovery?: string;
  readonly Strategy?: string;
  readonly Host?: string;
  readonly Address?: string;
  readonly ArbitraryFlags?: string[];
  readonly ArbitraryJoinFlags?: string[];
  readonly IsExperimental: boolean;
}

export function swarmValues(flags: InferredFlags<typeof swarmFlags>): SwarmValues {
  const text = {
    Image: flags['swarm-image'],
    Discovery: flags['swarm-discovery'],
    Strategy: flags['swarm-strategy'],
    Host: flags['swarm-host'],
    Address: flags['swarm-addr'],
  };
  const given = Object.fromEntries(Object.entries(text).filter(([, value]) => value !== undefined));
  return {
    IsSwarm: flags.swarm || flags['swarm-master'],
    Agent: flags.swarm,
    Master: flags['swarm-master'],
    IsExperimental: flags['swarm-experimental'],
    ...given,
    ...(flags['swarm-opt'].length === 0 ? {} : { ArbitraryFlags: flags['swarm-opt'] }),
    ...(flags['swarm-join-opt'].length === 0 ? {} : { ArbitraryJoinFlags: flags['swarm-join-opt'] }),
  };
}
