import { testFaults } from './story-cases.ts';

testFaults(['doctor', 'doctor dev']);
