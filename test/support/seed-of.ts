/** The seed that `TEST_SEED` asks for, of the order of tests and of every property; without it each run draws its own. */
export const seedOf = (env: NodeJS.ProcessEnv): number | undefined => {
	const text = env['TEST_SEED'];
	if (text === undefined) return undefined;
	if (!/^\d{1,9}$/.test(text)) throw new Error(`TEST_SEED: ${text} is not a whole number`);
	return Number(text);
};
