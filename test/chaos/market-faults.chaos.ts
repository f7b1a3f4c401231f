import { testFaults } from './story-cases.ts';

testFaults(['catalogue', 'images', 'terms', 'register', 'another cloud']);
