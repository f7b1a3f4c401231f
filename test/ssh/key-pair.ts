import ssh2 from 'ssh2';

/**
 * An Ed25519 key pair of SSH. ssh2 1.17 makes one that neither it nor OpenSSH can read in some four hundred (the product's
 * own keys come from Node): such are thrown away.
 */
export function newKeyPair(): { readonly private: string; readonly public: string } {
  for (;;) {
    const pair = ssh2.utils.generateKeyPairSync('ed25519');
    if (!(ssh2.utils.parseKey(pair.private) instanceof Error)) return pair;
  }
}
