/**
 * The same script with everything beyond ASCII escaped: V8 reads and keeps it at a byte a character,
 * which spares a twentieth to a tenth of a start (bench/README.md).
 *
 * In strings, templates and regular expressions an escape means the same. What it would change
 * fails: raw templates, and a character that is escaped itself.
 * @param {string} code
 * @param {string} name for the error
 */
export function inAscii(code, name) {
	const odd = /String\.raw|(?<!\\)(?:\\\\)*\\[^\0-\x7f]/.exec(code);
	if (odd !== null && /[^\0-\x7f]/.test(code))
		throw new Error(`${name} cannot be written in ASCII: ${odd[0]}`);
	return code.replace(
		/[^\0-\x7f]/g,
		(unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);
}
