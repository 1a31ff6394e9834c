/** On paper nothing can be unfolded, so what failed is unfolded before; some dozens of it, not a thousand pages. */
import { unfold } from './unfold.js';

const mostOnPaper = 40;
let forPaper = [];
addEventListener('beforeprint', () => {
	const failed = [...document.querySelectorAll('li[data-v="failed"] > details')].slice(
		0,
		mostOnPaper,
	);
	forPaper = [...failed, ...document.querySelectorAll('.suite')].filter((details) => !details.open);
	forPaper.forEach(unfold);
});
addEventListener('afterprint', () => {
	for (const details of forPaper) details.open = false;
	forPaper = [];
});
