import fc from 'fast-check';
import { seedOf } from './seed-of.ts';

const seed = seedOf(process.env);
if (seed !== undefined) fc.configureGlobal({ seed });
