/** What programs see of callsim. Nothing refers to another package: the types need none. */
export type * from '../model/contract/burst.ts';
export type * from '../model/contract/catalogue.ts';
export type { RuleEvidence, RuleLevel, RuleResult, RuleVerdict } from '../model/contract/check.ts';
export type * from '../model/contract/exchange.ts';
export type * from '../model/contract/run-events.ts';
export type * from './options.ts';
export type * from './results.ts';
export type * from './sandbox-types.ts';
