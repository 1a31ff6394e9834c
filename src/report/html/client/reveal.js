/** An address such as …#d-12 leads to its row, whatever is folded or filtered around it. */
import { clearFilter } from './filter.js';
import { unfold } from './unfold.js';

const reveal = () => {
	const target = location.hash.length > 1 ? document.getElementById(location.hash.slice(1)) : null;
	if (!target) return;
	if (target.closest('[hidden]')) clearFilter();
	for (let node = target; node; node = node.parentElement)
		if (node.tagName === 'DETAILS') unfold(node);
	target.scrollIntoView();
	const summary = target.querySelector(':scope > summary');
	if (summary) summary.focus({ preventScroll: true });
};
addEventListener('hashchange', reveal);
document.addEventListener('click', ({ target }) => {
	const link = target instanceof Element ? target.closest('a[href^="#"]') : null;
	// The same address again is no change of it, but may be meant all the same.
	if (link && link.hash === location.hash) reveal();
});
// Later than the browser, which goes to the address itself, and takes the focus away.
addEventListener('load', reveal);
