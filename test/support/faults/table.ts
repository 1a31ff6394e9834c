import { challenges } from './challenges.ts';
import type { Fault } from './fault.ts';
import { floods } from './floods.ts';
import { forms } from './forms.ts';
import { phases } from './phases.ts';

export const faults: readonly Fault[] = [...phases, ...floods, ...forms, ...challenges];
