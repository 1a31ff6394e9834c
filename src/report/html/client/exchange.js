/** Draws an exchange: nodes and texts, never markup. */
export const make = (tag, name, ...children) => {
	const node = document.createElement(tag);
	if (name) node.className = name;
	node.append(...children);
	return node;
};

export const svg = 'http://www.w3.org/2000/svg';
export const drawMark = (mark) => {
	if (!mark) return [];
	const image = document.createElementNS(svg, 'svg');
	const use = document.createElementNS(svg, 'use');
	image.setAttribute('class', `mark ${mark}`);
	image.setAttribute('viewBox', '-8 -8 16 16');
	image.setAttribute('aria-hidden', 'true');
	use.setAttribute('href', `#m-${mark}`);
	image.append(use);
	return [image];
};

const pre = (text) => {
	const node = make('pre', '', text);
	// What may be taller than its box has to be reached by the keyboard, to be scrolled.
	if (text.length > 600 || text.split('\n').length > 20) node.tabIndex = 0;
	return node;
};

const table = (name, rows) => {
	const body = make('tbody', '');
	for (const [field, value] of rows) {
		const head = make('th', '', field.trim() === '' ? JSON.stringify(field) : field);
		head.scope = 'row';
		body.append(make('tr', '', head, make('td', '', value)));
	}
	return make('table', name, body);
};

const folded = (title, text) => make('details', '', make('summary', '', title), pre(text));

const drawBody = ({ text, indented, fields, hex, base64, note }) => {
	const parts = [make('p', 'label', `Body: ${note}`)];
	if (fields) parts.push(make('div', 'fields', table('', fields)), folded('as it was sent', text));
	else if (indented)
		parts.push(pre(indented), ...(indented === text ? [] : [folded('as it was sent', text)]));
	else if (hex) parts.push(pre(hex), folded('as base64', base64));
	else if (text) parts.push(pre(text));
	return make('div', 'body', ...parts);
};

const drawMessage = (title, { line, headers, body }, pool) => {
	const parts = [make('p', 'label', title), make('p', 'message-line', line)];
	if (headers !== undefined && pool[headers].length > 0)
		parts.push(table('headers', pool[headers]));
	if (body !== undefined) parts.push(drawBody(pool[body]));
	return make('div', 'message-half', ...parts);
};

const drawNotes = (notes) =>
	make(
		'dl',
		'notes',
		...notes.map(([label, text]) => make('div', '', make('dt', '', label), make('dd', '', text))),
	);

export const drawExchange = ({ request, answer, notes }, pool) =>
	make(
		'div',
		'exchange',
		...(notes.length > 0 ? [drawNotes(notes)] : []),
		...(request === undefined ? [] : [drawMessage('Request', pool[request], pool)]),
		...(answer === undefined ? [] : [drawMessage('Answer', pool[answer], pool)]),
	);
