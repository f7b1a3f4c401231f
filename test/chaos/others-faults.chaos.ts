import { testFaults } from './story-cases.ts';

testFaults(['adopt', 'let go', 'rm --with-vm', 'attach', 'prune']);
