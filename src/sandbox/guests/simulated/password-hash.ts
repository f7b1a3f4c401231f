import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';

const hashBytes = 32;

/** What is kept of a password: a salt and its scrypt hash (RFC 7914), both in hexadecimal digits. */
export function hashPassword(password: string): string {
  const salt = randomBytes(16);
  return `${salt.toString('hex')}:${scryptSync(password, salt, hashBytes).toString('hex')}`;
}

/** True for the password that a kept text was made of. */
export function isPassword(kept: string, password: string): boolean {
  const [salt = '', hash = ''] = kept.split(':');
  const wanted = Buffer.from(hash, 'hex');
  const given = scryptSync(password, Buffer.from(salt, 'hex'), hashBytes);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
