import { describeZoo } from './zoo.ts';

await describeZoo('transfez');
