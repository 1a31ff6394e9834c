// Looks again when something has happened; whoever is typing is left alone.
const main = document.querySelector('main');
// After a form that was refused, the address is the form's; the page's own can be loaded again.
if (location.pathname !== '/_callsim/') history.replaceState(null, '', main?.dataset.at);
let isAsked = false;
async function look() {
	if (isAsked) return;
	isAsked = true;
	await new Promise((resolve) => setTimeout(resolve, 100));
	isAsked = false;
	const answer = await fetch(location.href);
	const next = new DOMParser().parseFromString(await answer.text(), 'text/html');
	const focused = document.activeElement;
	if (
		main === null ||
		(focused instanceof HTMLElement && focused.matches('main input, main select'))
	)
		return;
	const at = focused instanceof HTMLElement ? focused.id : '';
	const open = [...main.querySelectorAll('details[open]')].map(({ id }) => id);
	main.replaceChildren(...(next.querySelector('main')?.childNodes ?? []));
	for (const id of open) document.getElementById(id)?.setAttribute('open', '');
	if (at !== '') document.getElementById(at)?.focus();
}
new EventSource('/_callsim/events').addEventListener('changed', look);
