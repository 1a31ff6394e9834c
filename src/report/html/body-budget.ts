import type { RunReport } from '../run-report.ts';

/** What a browser opens in a breath. */
const budget = 12 * 1024 * 1024;
const whole = 64 * 1024;
const least = 1024;

/** Bytes of each body that the page may hold: all, until it would be too big to open. */
export function mostOfBodyIn({ deliveries, suites }: RunReport): number {
	const attempts = deliveries.flatMap(({ attempts }) => attempts);
	const evidence = suites.flatMap(({ cases }) => cases.flatMap(({ evidence }) => evidence));
	const answers = [
		...attempts.map(({ outcome }) => outcome),
		...evidence.map(({ answer }) => answer),
	];
	const requests = [
		...deliveries.map(({ attempts: [first] }) => first?.request),
		...evidence.map(({ sent }) => sent),
	];
	const sizes = [
		...answers.map((answer) => (answer?.kind === 'answered' ? answer.body.length : 0)),
		...requests.map((request) => request?.body?.length ?? 0),
	].map((size) => Math.min(size, whole));
	const total = sizes.reduce((sum, size) => sum + size, 0);
	return total <= budget ? whole : Math.max(least, Math.floor(budget / sizes.length));
}
