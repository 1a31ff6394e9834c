/** Runs the jobs of one key one after the other; different keys do not wait for each other. */
export function createQueue() {
	const tails = new Map();
	return (key, job) => {
		const turn = (tails.get(key) ?? Promise.resolve()).then(
			() => job(),
			() => job(),
		);
		tails.set(key, turn);
		const leave = () => tails.get(key) === turn && tails.delete(key);
		turn.then(leave, leave);
		return turn;
	};
}
