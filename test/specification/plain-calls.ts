import { readdirSync, readFileSync } from 'node:fs';

const driver = new URL('../../src/drivers/azure/', import.meta.url);

/** A place in the driver's source that asks Azure without a client of the SDK. */
export interface PlainCall {
  /** Below `src/drivers/azure`. */
  readonly file: string;
  readonly method: string;
  readonly apiVersion: string;
}

/** Places that send a request by `ArmClients.request`. @throws Error for one that cannot be read from here */
export function plainCalls(): PlainCall[] {
  return sources().flatMap(({ file, text }) =>
    [...text.matchAll(/\.request\(\{([^}]*)\}\)/g)].map(([, asked = '']) => {
      const method = /\bmethod: '(\w+)'/.exec(asked)?.[1];
      const constant = /\bapiVersion: (\w+)/.exec(asked)?.[1];
      const apiVersion = new RegExp(`\\bconst ${constant} = '([\\d-]+)'`).exec(text)?.[1];
      if (method === undefined || apiVersion === undefined)
        throw new Error(`${file} asks for what is not plain: ${asked}`);
      return { file, method, apiVersion };
    }),
  );
}

/** Files that build a request by hand. */
export function handMadeRequests(): string[] {
  return sources().flatMap(({ file, text }) => (text.includes('createPipelineRequest(') ? [file] : []));
}

function sources(): { readonly file: string; readonly text: string }[] {
  return readdirSync(driver, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => ({ file: file.replaceAll('\\', '/'), text: readFileSync(new URL(file, driver), 'utf8') }));
}
