import { testFaults } from './story-cases.ts';

testFaults(['provision', 'start', 'stop', 'kill', 'restart', 'look', 'allow']);
