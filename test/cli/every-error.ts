import { globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ArmError, type ArmErrorKind } from '../../src/errors/arm-error.ts';
import { AzdockError } from '../../src/errors/azdock-error.ts';
import { SeveralErrors } from '../../src/errors/several-errors.ts';

const folder = fileURLToPath(new URL('../../src/errors', import.meta.url));
const files = globSync('*.ts', { cwd: folder }).sort();
const modules: Record<string, unknown>[] = await Promise.all(files.map((file) => import(`${folder}/${file}`)));

/** One error of every class in src/errors; of ArmError one of each kind. */
export function everyError(): AzdockError[] {
  const kinds: ArmErrorKind[] = ['capacity', 'quota', 'policy', 'forbidden', 'other'];
  const arm = kinds.map((kind) => new ArmError('x', kind, { code: 'X' }));
  const others = modules.flatMap((exported) => Object.values(exported)).flatMap((value) => make(value) ?? []);
  return [...arm, ...others, new SeveralErrors([...arm.slice(0, 1), ...others.slice(0, 1)])];
}

function make(value: unknown): AzdockError | undefined {
  if (typeof value !== 'function' || !(value.prototype instanceof AzdockError)) return undefined;
  if (Object.is(value, ArmError) || Object.is(value, SeveralErrors)) return undefined;
  const made: unknown = Reflect.construct(value, ['x']);
  return made instanceof AzdockError ? made : undefined;
}
