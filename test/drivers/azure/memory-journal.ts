import type { Creation, Journal } from '../../../src/drivers/creation.ts';
import { silentProgress } from '../../../src/steps/progress.ts';

/** A journal in memory that also remembers each call in order. */
export interface MemoryJournal extends Journal {
  readonly intended: string[];
}

export function memoryJournal(entries: { id: string; shared: boolean }[] = [], owns = false): MemoryJournal {
  const intended: string[] = [];
  let known = [...entries];
  let ownsResourceGroup = owns;
  return {
    intended,
    async intend(id, { shared }) {
      intended.push(id.toLowerCase());
      if (!known.some((entry) => entry.id.toLowerCase() === id.toLowerCase())) known.push({ id, shared });
    },
    async forget(id) {
      known = known.filter((entry) => entry.id.toLowerCase() !== id.toLowerCase());
    },
    async ownResourceGroup() {
      ownsResourceGroup = true;
    },
    get entries() {
      return known;
    },
    get ownsResourceGroup() {
      return ownsResourceGroup;
    },
  };
}

/** A creation as the machine folder would begin it, with the SSH key already made. */
export function creation(name: string, id: string, journal: Journal): Creation {
  return {
    name,
    id,
    journal,
    progress: silentProgress,
    sshPublicKey: 'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQDtest',
    customData: undefined,
    address: undefined,
    alternativeAddresses: [],
  };
}
