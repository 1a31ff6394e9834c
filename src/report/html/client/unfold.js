/** Attempts in full are drawn when somebody unfolds them: ten thousand at once would keep the page from opening. */
import { drawExchange, drawMark, make } from './exchange.js';

let lines;
const lineOf = (id) => {
	if (!lines) {
		const all = document.getElementById('exchanges').textContent.split('\n');
		lines = new Map(all.map((line) => [line.slice(0, line.indexOf(' ')), line]));
	}
	return lines.get(id);
};

/** The last attempt, and whatever lies below two folds already: a request is never deeper. */
const opens = (slot, isLast) => {
	let folds = 0;
	for (let node = slot; node; node = node.parentElement) if (node.tagName === 'DETAILS') folds++;
	return folds > 1 || (slot.tagName === 'LI' && isLast);
};

const fill = (inside) => {
	const line = lineOf(inside.parentElement.id);
	if (!line || inside.dataset.filled === 'yes') return;
	inside.dataset.filled = 'yes';
	const { pool, exchanges } = JSON.parse(line.slice(line.indexOf(' ')));
	const slots = [...inside.querySelectorAll('.slot')];
	slots.forEach((slot, at) => {
		const summary = make('summary', '', ...drawMark(slot.dataset.mark), ...slot.childNodes);
		const details = make('details', 'attempt', summary, drawExchange(exchanges[at], pool));
		details.open = opens(slot, at === slots.length - 1);
		slot.replaceChildren(details);
	});
};

export const unfold = (details) => {
	details.open = true;
	for (const inside of details.querySelectorAll(':scope > .inside')) fill(inside);
};

document.addEventListener(
	'toggle',
	({ target }) => {
		if (target.open) unfold(target);
	},
	true,
);
for (const details of document.querySelectorAll('details[open]')) unfold(details);
