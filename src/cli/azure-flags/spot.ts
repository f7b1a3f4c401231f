import { option } from '@oclif/core/flags';
import { yes } from '../flags.ts';
import { evictionPolicies } from './choices.ts';
import { own } from './flag.ts';

const SPOT = 'Azure: Spot';

/** Whether Azure may take it away. */
export const spotFlags = {
  'azure-spot': yes({
    env: 'AZDOCK_AZURE_SPOT',
    summary: 'A Spot VM: cheap, and taken away when Azure needs its place',
    helpGroup: SPOT,
  }),
  'azure-spot-max-price': own('SPOT_MAX_PRICE', {
    helpValue: 'USD',
    summary: 'The most to pay for an hour, in US dollars [default: the price without Spot]',
    helpGroup: SPOT,
  }),
  'azure-spot-eviction-policy': option({
    options: [...evictionPolicies],
    env: 'AZDOCK_AZURE_SPOT_EVICTION_POLICY',
    helpValue: 'POLICY',
    summary: 'What becomes of it then: deallocate or delete [default: deallocate]',
    helpGroup: SPOT,
  })(),
};
