/** One filter for failures, timeline, cases and deliveries. */
export const input = document.getElementById('filter');
const toggles = [...document.querySelectorAll('[data-toggle]')];
const matches = document.querySelector('.matches');
export const chosen = new Set();

const textIn = (node, selector) =>
	node ? [...node.querySelectorAll(selector)].map((part) => part.textContent).join(' ') : '';

const entryOf = (node) => ({
	node,
	text: (
		textIn(node, 'summary, div.case, .slot, .message, .details') +
		' ' +
		textIn(node.closest('.group'), ':scope > summary')
	).toLowerCase(),
	standing: node.dataset.v,
	row: undefined,
});

let found;
const entries = () => {
	if (found) return found;
	const of = (selector) => [...document.querySelectorAll(selector)].map(entryOf);
	found = {
		failures: of('.cards > li'),
		cases: of('.cases > li'),
		deliveries: of('#deliveries .list > li'),
	};
	const rows = new Map(
		[...document.querySelectorAll('.chart li')].map((row) => [`d-${row.dataset.d}`, row]),
	);
	for (const entry of found.deliveries) entry.row = rows.get(entry.node.firstElementChild.id);
	return found;
};

const apply = () => {
	const wanted = input.value.toLowerCase().trim();
	const isOn = wanted !== '' || chosen.size > 0;
	const shows = ({ text, standing }) =>
		(chosen.size === 0 || chosen.has(standing)) && text.includes(wanted);
	const count = (list) => {
		let shown = 0;
		for (const entry of list) {
			const visible = !isOn || shows(entry);
			entry.node.hidden = !visible;
			if (entry.row) entry.row.hidden = !visible;
			if (visible) shown++;
		}
		return shown;
	};
	const { failures, cases, deliveries } = entries();
	count(failures);
	const shownCases = count(cases);
	const shownDeliveries = count(deliveries);
	foldGroups(isOn);
	tell(isOn, shownCases, cases.length, shownDeliveries, deliveries.length);
};

const isEmpty = (part) =>
	part.querySelector('li[data-v]:not([hidden]), li[data-d]:not([hidden])') === null;

const wasOpen = new Map();
const foldGroups = (isOn) => {
	for (const group of [...document.querySelectorAll('.group')].reverse()) {
		const visible = !isEmpty(group);
		group.hidden = isOn && !visible;
		if (group.tagName !== 'DETAILS') continue;
		if (isOn && !wasOpen.has(group)) wasOpen.set(group, group.open);
		if (isOn) group.open = visible;
		else if (wasOpen.has(group)) group.open = wasOpen.get(group);
	}
	if (!isOn) wasOpen.clear();
	for (const none of document.querySelectorAll('.none'))
		none.hidden = !isOn || !isEmpty(none.parentElement);
};

const tell = (isOn, shownCases, allCases, shownDeliveries, allDeliveries) => {
	const noun = matches.dataset.noun;
	const parts = [
		...(allDeliveries > 0 ? [`${shownDeliveries} of ${allDeliveries} deliveries`] : []),
		...(noun === 'deliveries' && allDeliveries > 0 ? [] : [`${shownCases} of ${allCases} ${noun}`]),
	];
	matches.textContent = isOn ? parts.join(', ') : '';
};

const showToggles = () => {
	for (const button of toggles) {
		const name = button.dataset.toggle;
		button.setAttribute('aria-pressed', String(name === '' ? chosen.size === 0 : chosen.has(name)));
	}
};

export const clearFilter = () => {
	input.value = '';
	chosen.clear();
	showToggles();
	apply();
};

let isAsked = false;
input.addEventListener('input', () => {
	if (isAsked) return;
	isAsked = true;
	requestAnimationFrame(() => {
		isAsked = false;
		apply();
	});
});
for (const button of toggles) {
	button.addEventListener('click', () => {
		const name = button.dataset.toggle;
		if (name === '') chosen.clear();
		else if (!chosen.delete(name)) chosen.add(name);
		showToggles();
		apply();
	});
}
