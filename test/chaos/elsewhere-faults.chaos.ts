import { testFaults } from './story-cases.ts';

testFaults([
  ...['check at the team', 'create at the team', 'check as a guest', 'create as a guest', 'rm as a guest', 'preview'],
  ...['resume', 'create with a fallback'],
]);
