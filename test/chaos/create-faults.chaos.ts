import { testFaults } from './story-cases.ts';

testFaults(['check', 'create']);
