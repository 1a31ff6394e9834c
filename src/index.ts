/**
 * callsim for programs: the same engine as the command's, inside Vitest, Jest or node:test. No
 * output, no signal handlers, nothing read from the process that is not handed over.
 * docs/library.md teaches it.
 */
export { burst } from './library/burst.ts';
export { check } from './library/check.ts';
export { compose } from './library/compose.ts';
export { fire } from './library/fire.ts';
export { loadCatalogue } from './library/load-catalogue.ts';
export { run, type ScenarioObject } from './library/run.ts';
export { sandbox } from './library/sandbox.ts';
export type * from './library/types.ts';
export { Problem, type ProblemCode } from './model/problem.ts';
