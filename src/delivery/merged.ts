/**
 * Runs generators at the same time and yields what they yield, as it comes. An error of one ends all.
 *
 * @param atOnce how many at a time; the next one starts when another has ended
 */
export async function* merged<T>(
	generators: readonly AsyncGenerator<T>[],
	atOnce = Number.POSITIVE_INFINITY,
): AsyncGenerator<T> {
	const waiting = generators.entries();
	const pending = new Map<number, Promise<Turn<T>>>();
	const start = () => {
		const { value, done } = waiting.next();
		if (done !== true) pending.set(value[0], turnOf(...value));
	};
	while (pending.size < Math.min(atOnce, generators.length)) start();
	try {
		while (pending.size > 0) {
			const { index, generator, result } = await Promise.race(pending.values());
			if (result.done === true) {
				pending.delete(index);
				start();
				continue;
			}
			yield result.value;
			pending.set(index, turnOf(index, generator));
		}
	} finally {
		await Promise.allSettled(generators.map((generator) => generator.return(undefined)));
	}
}

interface Turn<T> {
	readonly index: number;
	readonly generator: AsyncGenerator<T>;
	readonly result: IteratorResult<T>;
}

const turnOf = <T>(index: number, generator: AsyncGenerator<T>): Promise<Turn<T>> =>
	generator.next().then((result) => ({ index, generator, result }));
