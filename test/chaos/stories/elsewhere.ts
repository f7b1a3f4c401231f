import type { TestSandbox } from '../../sandbox/start.ts';
import { made, nothing, type Story } from '../story.ts';
import { team, teamIdentity, teamNetwork, teamPath } from '../surroundings/team.ts';

/** A machine of a team's image, with its identity, in its network and behind its security group. */
const teamMachine = ({ subscriptionId }: TestSandbox) => ({
  size: 'Standard_D2s_v5',
  image: `${teamPath(subscriptionId)}/galleries/team/images/docker`,
  identities: [teamIdentity(subscriptionId)],
  subnet: `${teamNetwork(subscriptionId)}/virtualNetworks/hub/subnets/inner`,
  securityGroup: `${teamNetwork(subscriptionId)}/networkSecurityGroups/guard`,
  privateIpAddress: '10.0.1.77',
  encryptionAtHost: true,
});

/** A subnet of one's own in the team's network, and a proximity placement group in the team's group. */
const guest = () => ({
  virtualNetwork: 'team:hub',
  subnet: 'mine',
  subnetPrefix: '10.0.9.0/24',
  proximityPlacementGroup: 'team:near',
});

/** Spot, in a zone, of a size that is always sold out; the next wish is another size in another zone. */
const secondChoice = () => ({
  size: 'Standard_E2s_v5',
  availabilityZone: '1',
  spot: true,
  fallback: ['Standard_D2s_v5@2'],
});

/** Machines that lie among other people's things, or get not what they asked for first. */
export const elsewhereStories: readonly Story[] = [
  {
    name: 'check at the team',
    like: 'check',
    isLook: true,
    surroundings: [team],
    values: teamMachine,
    about: /\/(team|Microsoft\.Features)\//,
    prepare: nothing,
    act: ({ driver }) => driver.check(),
  },
  {
    name: 'create at the team',
    like: 'create',
    surroundings: [team],
    values: teamMachine,
    about: /\/team\//,
    prepare: nothing,
    act: made,
  },
  {
    name: 'check as a guest',
    like: 'check',
    isLook: true,
    surroundings: [team],
    values: guest,
    about: /\/team(\/|$)/,
    prepare: nothing,
    act: ({ driver }) => driver.check(),
  },
  {
    name: 'create as a guest',
    like: 'create',
    surroundings: [team],
    values: guest,
    about: /\/team(\/|$)/,
    prepare: nothing,
    act: made,
  },
  {
    name: 'rm as a guest',
    like: 'rm',
    surroundings: [team],
    values: guest,
    about: /\/team(\/|$)/,
    prepare: made,
    act: (machine) => machine.remove(),
  },
  {
    name: 'preview',
    isLook: true,
    surroundings: [team],
    values: guest,
    about: /\/team(\/|$)/,
    prepare: nothing,
    async act({ driver }) {
      if ('preview' in driver) await driver.preview?.();
    },
  },
  {
    name: 'create with a fallback',
    like: 'create',
    values: secondChoice,
    about: /^DELETE /,
    prepare: nothing,
    act: made,
  },
];
