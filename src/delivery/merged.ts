/** Runs generators at the same time and yields what they yield, as it comes. An error of one ends all. */
export async function* merged<T>(generators: readonly AsyncGenerator<T>[]): AsyncGenerator<T> {
	const next = (index: number, generator: AsyncGenerator<T>) =>
		generator.next().then((result) => ({ index, generator, result }));
	const pending = new Map(generators.map((generator, index) => [index, next(index, generator)]));
	try {
		while (pending.size > 0) {
			const { index, generator, result } = await Promise.race(pending.values());
			if (result.done === true) {
				pending.delete(index);
				continue;
			}
			yield result.value;
			pending.set(index, next(index, generator));
		}
	} finally {
		await Promise.allSettled(generators.map((generator) => generator.return(undefined)));
	}
}
