/** Adds what arrives, searches in all of it, and sends again. Rows come escaped from the server. */
const list = document.getElementById('arrivals');
const input = document.getElementById('filter');
const matches = document.querySelector('.matches');
const live = document.querySelector('.live');
const said = document.getElementById('said');
const toggles = [...document.querySelectorAll('[data-toggle]')];
const mostRows = 500;
let chosen = '';

const shows = (row, wanted) =>
	(chosen === '' || row.dataset.v === chosen) && row.textContent.toLowerCase().includes(wanted);

const apply = () => {
	const wanted = input.value.toLowerCase().trim();
	let shown = 0;
	for (const row of list.children) {
		row.hidden = !shows(row, wanted);
		if (!row.hidden) shown++;
	}
	const isOn = wanted !== '' || chosen !== '';
	matches.textContent = isOn ? `${shown} of ${list.children.length} arrivals` : '';
	for (const button of toggles)
		button.setAttribute('aria-pressed', String(button.dataset.toggle === chosen));
};

const rowOf = (markup) => {
	const template = document.createElement('template');
	template.innerHTML = markup;
	return template.content.firstElementChild;
};

const add = ({ id, markup, isNew }) => {
	const row = rowOf(markup);
	const old = document.getElementById(id);
	if (old) {
		// What is told again stays as it was unfolded; a challenge that was met is another row.
		if (old.dataset.v !== row.dataset.v) old.replaceWith(row);
		return;
	}
	row.classList.toggle('new', isNew);
	list.prepend(row);
	while (list.children.length > mostRows) list.lastElementChild.remove();
	if (isNew) said.textContent = row.querySelector('summary').textContent;
};

const arrivals = new EventSource('/arrivals');
arrivals.addEventListener('open', () => {
	live.textContent = 'live';
});
arrivals.addEventListener('error', () => {
	live.textContent = 'callsim does not answer; this page tries again';
});
arrivals.addEventListener('message', ({ data }) => {
	const told = JSON.parse(data);
	if (told.run === undefined) add(told);
	// Another listener on the same port counts from one again.
	else if (told.run !== document.body.dataset.run) {
		document.body.dataset.run = told.run;
		list.replaceChildren();
	}
	apply();
});

const sendAgain = async (button) => {
	button.disabled = true;
	let told = 'callsim does not answer.';
	try {
		// biome-ignore lint/style/noRestrictedGlobals: it runs in a browser, and asks where it came from
		const answer = await fetch(`/again/${button.dataset.again}`, { method: 'POST' });
		told = await answer.text();
	} catch {}
	button.disabled = false;
	button.focus();
	said.textContent = told;
	const note = button.nextElementSibling ?? document.createElement('span');
	note.className = 'kind';
	note.textContent = ` ${told}`;
	button.after(note);
};

list.addEventListener('click', ({ target }) => {
	const button = target instanceof Element ? target.closest('[data-again]') : null;
	if (button) void sendAgain(button);
});
input.addEventListener('input', apply);
for (const button of toggles)
	button.addEventListener('click', () => {
		chosen = button.dataset.toggle;
		apply();
	});
document.addEventListener('keydown', (event) => {
	if (event.ctrlKey || event.metaKey || event.altKey) return;
	if (event.key === 'Escape') {
		input.value = '';
		chosen = '';
		apply();
	} else if (event.key === '/' && !(event.target instanceof HTMLInputElement)) {
		event.preventDefault();
		input.focus();
		input.select();
	}
});
