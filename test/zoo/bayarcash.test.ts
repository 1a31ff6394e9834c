import { describeZoo } from './zoo.ts';

describeZoo('bayarcash');
