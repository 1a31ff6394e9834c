/**
 * Whether everything is tried, as `npm run test:long` and CI do; `npm test` has a part of the zoo, and fewer processes. One
 * part on every machine and in every run.
 */
export const isLong = process.env['CALLSIM_LONG'] !== undefined;
