import { Problem } from '../model/problem.ts';

const most = 64;

/** How many scenarios at the same time. @throws Problem `usage` */
export function readJobs(text = '1'): number {
	const jobs = /^\d+$/.test(text) ? Number(text) : Number.NaN;
	if (jobs >= 1 && jobs <= most) return jobs;
	throw new Problem('usage', `--jobs "${text}" is not a whole number from 1 to ${most}`, { hint: 'Write --jobs 4.' });
}
