import { chosen, clearFilter, input } from './filter.js';

document.addEventListener('keydown', (event) => {
	if (event.ctrlKey || event.metaKey || event.altKey) return;
	if (event.key === 'Escape') {
		if (input.value !== '' || chosen.size > 0) clearFilter();
		return;
	}
	const isTyping = event.target instanceof HTMLInputElement;
	if (event.key !== '/' || isTyping) return;
	event.preventDefault();
	input.focus();
	input.select();
});
