import { text } from './flags.ts';

/** The flag of driver `none` (docker/machine:drivers/none/driver.go). */
export const noneFlags = {
  url: text({
    helpValue: 'URL',
    summary: 'tcp://HOST:PORT of an engine that is there; its certificates are named with --tls-ca-cert and its like',
    helpGroup: 'Driver none: the URL of an engine',
  }),
};
