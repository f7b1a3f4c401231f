import { localClock } from '../azure/local-clock.ts';
import { login } from '../azure/login.ts';
import { policy } from '../azure/policy.ts';
import { providers } from '../azure/providers.ts';
import { quota } from '../azure/quota.ts';
import { rights } from '../azure/rights.ts';
import { subscription } from '../azure/subscription.ts';
import { wayToAzure } from '../azure/way-to-azure.ts';
import type { Check } from '../check.ts';
import { allowFrom } from './allow-from.ts';
import type { ComputerSubject } from './computer-subject.ts';
import { dockerCli } from './docker-cli.ts';
import { dockerTarget } from './docker-target.ts';
import { node } from './node.ts';
import { proxy } from './proxy.ts';
import { records } from './records.ts';
import { sandbox } from './sandbox.ts';
import { sshProgram } from './ssh-program.ts';
import { storeLeftovers } from './store-leftovers.ts';
import { storeSpace } from './store-space.ts';
import { store } from './store.ts';

/** What `azdock doctor` looks at, in the order in which it is told. */
export const computerChecks: readonly Check<ComputerSubject>[] = [
  node,
  store,
  storeSpace,
  storeLeftovers,
  records,
  dockerCli,
  dockerTarget,
  sshProgram,
  proxy,
  sandbox,
  allowFrom,
  // The sandbox is Azure, where it is used.
  { ...wayToAzure, needs: [sandbox.id] },
  localClock,
  login,
  subscription,
  rights,
  providers,
  policy,
  quota,
];
