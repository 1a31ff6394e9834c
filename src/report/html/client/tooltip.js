/** A mark tells what it stands for when the pointer rests on it; ten thousand texts beforehand would be too many. */
import { svg } from './exchange.js';

document.addEventListener('pointerover', ({ target }) => {
	const mark = target instanceof Element ? target.closest('.track > use') : null;
	if (!mark || mark.firstChild) return;
	const marks = [...mark.parentElement.querySelectorAll('use')];
	const number = mark.closest('li').dataset.d;
	const line = document.querySelectorAll(`#d-${number} .attempts > li`)[marks.indexOf(mark)];
	if (!line) return;
	const title = document.createElementNS(svg, 'title');
	title.textContent = (line.querySelector('summary') || line).textContent.trim();
	mark.append(title);
});
