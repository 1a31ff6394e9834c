/** One after the other for the same order; different orders side by side. */
export function turns() {
	const last = new Map();
	return (reference, job) => {
		const turn = (last.get(reference) ?? Promise.resolve()).then(job, job);
		last.set(reference, turn);
		const leave = () => last.get(reference) === turn && last.delete(reference);
		turn.then(leave, leave);
		return turn;
	};
}
