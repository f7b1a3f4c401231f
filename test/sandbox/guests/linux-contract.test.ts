import { linuxGuests, needs } from '../../skip.ts';
import { guestHostContract } from './contract.ts';

guestHostContract('linux', needs(...linuxGuests));
