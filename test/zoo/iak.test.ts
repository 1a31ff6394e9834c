import { describeZoo } from './zoo.ts';

describeZoo('iak');
