import { guestHostContract } from './contract.ts';

guestHostContract('simulated', {});
