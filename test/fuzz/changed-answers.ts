import { createDefaultHttpClient, createHttpHeaders, type HttpClient } from '@azure/core-rest-pipeline';
import { type Arbitrary, constantFrom, type JsonValue, nat, oneof, record } from 'fast-check';
import { hostileText, mutation } from './hostile.ts';

/** What becomes of one of the answers. */
export interface Tampering {
  /** Counted from the first one; logins do not count. */
  readonly at: number;
  /** The same for all later answers to the same question. */
  readonly isLasting: boolean;
  readonly body: (document: JsonValue) => JsonValue;
  readonly text: 'as JSON' | 'cut' | 'empty' | 'as it was';
  /** Instead of Azure's own. */
  readonly status: number | undefined;
  readonly header: readonly [string, string] | undefined;
}

const NO_CHANGE = { text: 'as JSON', status: undefined, header: undefined } as const;

/** A value for a header: bytes that Node would refuse to send do not arrive as one. */
const headerText = oneof(
  constantFrom(
    '-1',
    '1e9',
    'Fri, 31 Dec 9999 23:59:59 GMT',
    'https://127.0.0.1:9/x',
    'http://[',
    '/x',
    'javascript:1',
    '',
  ),
  hostileText.map((text) => text.replace(/[^\t\x20-\x7e\x80-\xff]/g, '')),
);

export function tampering(most: number): Arbitrary<Tampering> {
  const common = { at: nat(most), isLasting: constantFrom(false, true), body: mutation };
  return oneof(
    { weight: 8, arbitrary: record(common).map((one) => ({ ...NO_CHANGE, ...one })) },
    {
      weight: 2,
      arbitrary: record({
        ...common,
        text: constantFrom<Tampering['text']>('as JSON', 'cut', 'empty', 'as it was'),
        status: constantFrom(undefined, 200, 201, 202, 204, 301, 304, 400, 401, 404, 409, 412, 418, 429, 500, 599),
        header: record({
          name: constantFrom(
            'azure-asyncoperation',
            'location',
            'retry-after',
            'x-ms-request-id',
            'date',
            'etag',
            'content-type',
            'www-authenticate',
          ),
          value: headerText,
        }).map(({ name, value }): [string, string] => [name, value]),
      }),
    },
  );
}

/** Between azdock and Azure. `tamper` says what becomes of the answers from now on. */
export interface Tamperer {
  readonly httpClient: HttpClient;
  tamper(with_: Tampering | undefined): void;
  /** How many answers there were since the last {@link tamper}. */
  readonly answers: number;
}

export function tamperer(): Tamperer {
  const real = createDefaultHttpClient();
  let given: Tampering | undefined;
  let answers = 0;
  let struck: string | undefined;
  return {
    get answers() {
      return answers;
    },
    tamper(next) {
      given = next;
      answers = 0;
      struck = undefined;
    },
    httpClient: {
      async sendRequest(request) {
        const response = await real.sendRequest(request);
        const { pathname } = new URL(request.url);
        if (given === undefined || !pathname.startsWith('/subscriptions/')) return response;
        const question = `${request.method} ${pathname}`;
        const isIt = answers === given.at || (given.isLasting && struck === question);
        answers += 1;
        if (!isIt) return response;
        struck = question;
        const headers = createHttpHeaders(response.headers.toJSON());
        if (given.header !== undefined) headers.set(...given.header);
        return {
          request,
          headers,
          status: given.status ?? response.status,
          bodyAsText: changedText(response.bodyAsText ?? '', given),
        };
      },
    },
  };
}

function changedText(text: string, { body, text: how }: Tampering): string {
  if (how === 'empty') return '';
  if (how === 'as it was') return text;
  if (how === 'cut') return text.slice(0, text.length / 2);
  try {
    return JSON.stringify(body(JSON.parse(text)));
  } catch {
    return text;
  }
}
