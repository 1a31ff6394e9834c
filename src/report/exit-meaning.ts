import type { ExitCode } from '../model/run-event.ts';

/** What an exit code says, in a few words. */
export const exitMeanings: Readonly<Record<ExitCode, string>> = {
	0: 'everything as expected',
	1: 'the receiver failed',
	2: 'a problem kept it from running',
	3: 'no attempt ever connected',
	70: 'a bug in callsim',
	129: 'the terminal was closed',
	130: 'interrupted',
	143: 'terminated',
};
