import { UsageError } from '../../errors/usage-error.ts';

/** An engine that is there. */
export interface NoneOptions {
  /** `tcp://HOST:PORT` where it is to be of use; docker-machine takes any text, and so does this. */
  readonly url: string;
}

/** @throws UsageError */
export function noneOptions({ url = '' }: { readonly url?: string | undefined }): NoneOptions {
  // docker-machine's words.
  if (url === '')
    throw new UsageError('--url option is required when no driver is selected', {
      resource: '--url',
      nextSteps: [{ label: 'Name the engine', command: 'azdock create --driver none --url tcp://HOST:2376 NAME' }],
    });
  if (/\p{Cc}/u.test(url))
    throw new UsageError('--url holds a line break or another control character.', { resource: '--url' });
  return { url };
}
