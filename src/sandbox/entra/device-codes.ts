import { randomBytes, randomInt } from 'node:crypto';
import type { SandboxClock } from '../clock.ts';
import { EntraProblem } from './entra-problem.ts';

/** Device codes live 15 minutes: https://learn.microsoft.com/entra/identity-platform/v2-oauth2-device-code */
const lifetimeSeconds = 900;
/** Seconds between two polls. Entra says 5; nobody has to type here. */
const intervalSeconds = 1;

interface Pending {
  readonly userCode: string;
  readonly scope: string;
  readonly clientId: string;
  readonly expiresMs: number;
  polls: number;
}

/** Device logins under way. Each is approved by itself after its first poll. */
export class DeviceCodes {
  readonly #pending = new Map<string, Pending>();
  readonly #clock: SandboxClock;

  constructor(clock: SandboxClock) {
    this.#clock = clock;
  }

  /** Answer of the `devicecode` endpoint. */
  begin(request: {
    readonly clientId: string;
    readonly scope: string;
    readonly endpoint: string;
  }): Record<string, unknown> {
    const deviceCode = randomBytes(24).toString('base64url');
    const userCode = Array.from({ length: 9 }, () => 'BCDFGHJKLMNPQRSTVWXYZ'[randomInt(21)]).join('');
    const expiresMs = this.#clock.nowMs() + lifetimeSeconds * 1000;
    this.#pending.set(deviceCode, {
      userCode,
      scope: request.scope,
      clientId: request.clientId,
      expiresMs,
      polls: 0,
    });
    const uri = `${request.endpoint}/devicelogin`;
    return {
      user_code: userCode,
      device_code: deviceCode,
      verification_uri: uri,
      expires_in: lifetimeSeconds,
      interval: intervalSeconds,
      message: `To sign in to the sandbox, open ${uri} and enter the code ${userCode}. (The sandbox approves by itself.)`,
    };
  }

  /**
   * A poll: gives the scope that was asked for when the login is approved.
   *
   * @throws EntraProblem `authorization_pending`, `expired_token` or `bad_verification_code`.
   */
  redeem(deviceCode: string, clientId: string): string {
    const pending = this.#pending.get(deviceCode);
    if (!pending || pending.clientId !== clientId)
      throw new EntraProblem(400, 'bad_verification_code', 70019, 'The verification code is not known.');
    if (pending.expiresMs < this.#clock.nowMs())
      throw new EntraProblem(400, 'expired_token', 70020, 'The provided value for the device code has expired.');
    pending.polls += 1;
    if (pending.polls === 1)
      throw new EntraProblem(400, 'authorization_pending', 70016, 'OAuth 2.0 device flow error. Pending.');
    this.#pending.delete(deviceCode);
    return pending.scope;
  }
}
