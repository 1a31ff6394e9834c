/** Headers of a 429; clients read either. @param now epoch milliseconds */
export const aMinuteLater = (now: number): Record<string, string> => ({
	'retry-after': '60',
	'x-ratelimit-reset': String(Math.ceil(now / 1_000) + 60),
});
