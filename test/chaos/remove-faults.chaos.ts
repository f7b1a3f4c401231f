import { testFaults } from './story-cases.ts';

testFaults(['rm']);
