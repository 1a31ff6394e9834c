/** What programs see of callsim. Nothing here refers to another package, so that the types need none. */
export type * from './events.ts';
export type * from './options.ts';
export type * from './results.ts';
