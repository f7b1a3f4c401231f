import { type FlagText, text } from '../flags.ts';

/** A flag whose environment variable docker-machine or rancher-machine has: `AZURE_…`. */
export const azure = (name: string, flag: FlagText) => text({ env: `AZURE_${name}`, ...flag });

/** A flag of azdock's own: `AZDOCK_AZURE_…`. */
export const own = (name: string, flag: FlagText) => text({ env: `AZDOCK_AZURE_${name}`, ...flag });
