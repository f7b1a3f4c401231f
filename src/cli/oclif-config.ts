import { Config } from '@oclif/core/config';

/**
 * What an oclif command wants to know of its program, ready-made: nothing is searched for on disk, no shell is detected, no
 * plugin or hook exists. `Config.load()` alone would take longer than most of azdock's commands.
 */
export class ReadyConfig extends Config {
  constructor(version: string) {
    super({ root: '' });
    this.bin = 'azdock';
    this.name = 'azdock';
    this.dirname = 'azdock';
    this.topicSeparator = ' ';
    this.version = version;
    this.userAgent = `azdock/${version}`;
  }

  override async runHook(): Promise<{ failures: []; successes: [] }> {
    return { failures: [], successes: [] };
  }
}
