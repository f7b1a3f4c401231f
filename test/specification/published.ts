import { needs } from '../skip.ts';

/** Folder of Microsoft's published specifications: `swagger/`, and the newer `arm-schemas/`. Empty when it is not given. */
export const specifications = process.env['AZDOCK_SPECS'] ?? '';

/** Options of a test that reads them. */
export const published = needs({ what: 'AZDOCK_SPECS', met: specifications !== '' });
