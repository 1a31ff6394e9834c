/**
 * Runs generators at the same time and yields what they yield, as it comes. An error of one ends
 * all.
 * @param atOnce how many at a time; the next one starts when another has ended
 */
export async function* merged<T>(
	generators: readonly AsyncGenerator<T>[],
	atOnce = Number.POSITIVE_INFINITY,
): AsyncGenerator<T> {
	const waiting = generators.values();
	// A queue and one promise at a time: racing the same promise again and again would keep a
	// reaction for every event.
	const arrived: Turn<T>[] = [];
	let wake: (() => void) | undefined;
	let running = 0;
	const arrive = (turn: Turn<T>) => {
		arrived.push(turn);
		wake?.();
	};
	const pull = (generator: AsyncGenerator<T>) => {
		generator.next().then(
			(result) => arrive({ generator, result }),
			(error: unknown) => arrive({ error }),
		);
	};
	const start = () => {
		const { value, done } = waiting.next();
		if (done === true) return;
		running++;
		pull(value);
	};
	while (running < Math.min(atOnce, generators.length)) start();
	try {
		while (running > 0) {
			if (arrived.length === 0) await new Promise<void>((resolve) => (wake = resolve));
			const turn = arrived.shift();
			if (turn === undefined) continue;
			if ('error' in turn) throw turn.error;
			if (turn.result.done === true) {
				running--;
				start();
				continue;
			}
			yield turn.result.value;
			pull(turn.generator);
		}
	} finally {
		await Promise.allSettled(generators.map((generator) => generator.return(undefined)));
	}
}

type Turn<T> =
	| { readonly generator: AsyncGenerator<T>; readonly result: IteratorResult<T> }
	| { readonly error: unknown };
