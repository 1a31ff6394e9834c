// Has so many rules judged against a careful receiver, a few checks side by side, in one process:
// as a suite does that keeps its receivers' checks. Prints how many were judged.
//
//   rules <address> <rules> <name of a rule> ...
import { check } from 'callback-simulator';

const [, , url, wanted, ...names] = process.argv;
const sideBySide = 4;
const options = {
	to: `${url}/callback`,
	probe: { url: `${url}/orders/{reference}` },
	setup: { url: `${url}/setup/{reference}?amount={amount}` },
	settleMs: 0,
};
let left = Number(wanted);
let judged = 0;

async function some() {
	while (left > 0) {
		const only = names.slice(0, left);
		left -= only.length;
		const { rules } = await check('bayarcash', { ...options, only });
		judged += rules.filter(({ verdict }) => verdict === 'passed').length;
	}
}

await Promise.all(Array.from({ length: sideBySide }, some));
process.stdout.write(`${judged}\n`);
