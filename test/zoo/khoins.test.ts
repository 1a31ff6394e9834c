import { describeZoo } from './zoo.ts';

describeZoo('khoins');
