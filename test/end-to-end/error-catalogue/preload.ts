import { fileURLToPath } from 'node:url';

/** Variables by which a module of this folder is loaded into a run of azdock before azdock itself. */
export function withPreload(file: `${string}-preload.ts`): { readonly NODE_OPTIONS: string } {
  return { NODE_OPTIONS: `--import=${fileURLToPath(new URL(file, import.meta.url))}` };
}
