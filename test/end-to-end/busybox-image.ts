import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { World } from './azdock.ts';

/** The folder of the `busybox` program: Debian's busybox-static, whose one file makes an image. */
export function busyboxFolder(): string {
  return dirname(execFileSync('sh', ['-c', 'command -v busybox'], { encoding: 'utf8' }).trim());
}

/** Has every engine of the sandbox know an image `busybox` with the one file `/busybox`. */
export function preloadBusybox(world: World): void {
  const images = join(world.sandboxDirectory, 'images');
  mkdirSync(images, { recursive: true, mode: 0o700 });
  execFileSync('tar', ['-C', busyboxFolder(), '-cf', join(images, 'busybox.tar'), 'busybox']);
}
