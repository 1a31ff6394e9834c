import type { Static } from 'typebox';
import type { ExpectSchema, ProbeSchema, SetupSchema } from './expectation-schema.ts';
import type { ScenarioSchema, StepSchema } from './scenario-schema.ts';

export type ScenarioFile = Static<typeof ScenarioSchema>;
/**
 * A step, or a group of steps: exactly one of `fire`, `call`, `pay`, `parallel`, `shuffle` and
 * `steps`.
 */
export type StepFile = Static<typeof StepSchema>;
export type ExpectFile = Static<typeof ExpectSchema>;
export type ProbeFile = Static<typeof ProbeSchema>;
export type SetupFile = Static<typeof SetupSchema>;
