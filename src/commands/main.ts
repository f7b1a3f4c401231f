import { startProcess } from '../cli/process.ts';
import { commands } from './table.ts';

await startProcess(commands, () => import('./complete.ts'));
