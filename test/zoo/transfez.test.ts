import { describeZoo } from './zoo.ts';

describeZoo('transfez');
