import { CERTIFICATE_LABEL } from '../../provision/engine-arguments.ts';
import type { EngineOptions } from '../../store/record.ts';

/** What an engine was started with, as a record has it. */
export interface ReadArguments {
  readonly engine: Partial<EngineOptions>;
  /** TCP port; undefined when it has none. */
  readonly port: number | undefined;
}

/** Arguments that azdock puts there itself: sockets and certificates. */
const OWN = /^--(host|tls\w*)(=|$)|^-H/;

/** Reads arguments of dockerd, without the program, as azdock's provisioners put them together (`provision/engine-arguments.ts`). */
export function readArguments(words: readonly string[]): ReadArguments {
  const flags = words.filter((word) => word.startsWith('-'));
  const values = (name: string) =>
    flags.filter((word) => word.startsWith(`--${name}=`)).map((word) => word.slice(name.length + 3));
  const sockets = [
    ...words.filter((word) => word.startsWith('-H=')).map((word) => word.slice(3)),
    ...after(words, '-H'),
  ];
  const port = sockets
    .map((socket) => /^(?:tcp:\/\/)?[\d.]+:(\d+)$/.exec(socket)?.[1])
    .find((one) => one !== undefined);
  const known = ['label', 'storage-driver', 'insecure-registry', 'registry-mirror'];
  const others = flags.filter((word) => !OWN.test(word) && !known.some((name) => word.startsWith(`--${name}=`)));
  const [storageDriver] = values('storage-driver');
  return {
    engine: {
      Labels: values('label').filter(
        (label) => !label.startsWith('provider=') && !label.startsWith(`${CERTIFICATE_LABEL}=`),
      ),
      InsecureRegistry: values('insecure-registry'),
      RegistryMirror: values('registry-mirror'),
      ArbitraryFlags: others.map((word) => word.replace(/^--?/, '')),
      ...(storageDriver === undefined ? {} : { StorageDriver: storageDriver }),
    },
    port: port === undefined ? undefined : Number(port),
  };
}

/** Words that stand behind another one. */
function after(words: readonly string[], word: string): readonly string[] {
  return words.filter((_, index) => words[index - 1] === word);
}
