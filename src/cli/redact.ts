const HIDDEN = '[secret]';

/** Where secrets are known to stand in requests, headers, command lines and logs. The first group is kept. */
const SECRETS: readonly RegExp[] = [
  /(-----BEGIN [A-Z ]*PRIVATE KEY-----)[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  /(\b(?:Bearer|Basic)\s+)[\w.~+/=-]{8,}/gi,
  /("(?:[a-z_]*(?:password|secret|access_?token|refresh_?token|id_?token|client_assertion|private_?key)|protectedSettings|customData|adminPassword)"\s*:\s*)(?:"(?:[^"\\]|\\.)*"|\{[^}]*\})/gi,
  /(\b(?:client_secret|client_assertion|password|refresh_token|access_token|device_code)=)[^&\s"']+/gi,
  /([?&](?:sig|sv|se|code)=)[^&\s"']+/g,
  /(--(?:azure-client-secret|registry-password|github-api-token|bugsnag-api-token)[= ])\S+/g,
];

/** Hides what looks like a secret. For debug lines only: what is known to be one is a `Secret` and never gets here. */
export function redact(text: string): string {
  return SECRETS.reduce((hidden, pattern) => hidden.replace(pattern, `$1${HIDDEN}`), text);
}
