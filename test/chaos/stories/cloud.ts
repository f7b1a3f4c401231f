import { Secret } from '../../../src/secret/secret.ts';
import { nothing, type Story } from '../story.ts';

/** A cloud that is known by its address alone, and a login whose tenant azdock has to find out. */
export const cloudStories: readonly Story[] = [
  {
    name: 'another cloud',
    isLook: true,
    values: ({ endpoint, clientId, clientSecret, subscriptionId }) => ({
      environment: endpoint,
      clientId,
      clientSecret: new Secret(clientSecret),
      subscriptionId,
    }),
    about: /^GET \/(metadata\/endpoints|subscriptions\/\{subscription\})$/,
    prepare: nothing,
    async act({ driver }) {
      await driver.describe();
    },
  },
];
