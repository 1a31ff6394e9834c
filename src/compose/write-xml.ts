import { XMLBuilder } from 'fast-xml-parser';
import { Problem } from '../model/problem.ts';
import { isObject, type Value } from '../model/value.ts';
import { phpText } from './print-value.ts';

/** As IAK's page prints it, with the blank: https://github.com/iak-id/iak-api-reference-docs */
const prolog = '<?xml version="1.0" encoding="UTF-8" ?>\n';

/** XML 1.0 has no way to write these characters, escaped or not. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the control characters are what is looked for
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;

/**
 * Elements indented by two blanks, text content only, null left out; of a list an element each.
 * @throws Problem `value-misfit` for a character or an element name that XML cannot hold
 */
export function xmlText(value: Value): string {
	const builder = new XMLBuilder({
		format: true,
		indentBy: '  ',
		processEntities: true,
		suppressEmptyNode: false,
	});
	return `${prolog}${builder.build(textsOf(value, 'the body')).trimEnd()}`;
}

function textsOf(value: Value, path: string): unknown {
	if (Array.isArray(value))
		return value.map((one) => (isObject(one) ? textsOf(one, path) : leafText(one, path)));
	if (!isObject(value)) return leafText(value, path);
	return Object.fromEntries(
		Object.entries(value)
			.filter(([, inner]) => inner !== null)
			.map(([name, inner]) => {
				if (!/^[A-Za-z_][\w.-]*$/.test(name))
					throw new Problem('value-misfit', `"${name}" cannot be the name of an XML element`, {
						hint: (say) => `Use ${say('encoding', 'json')}, or another name.`,
					});
				return [name, textsOf(inner, name)];
			}),
	);
}

function leafText(value: Value, path: string): string {
	const text = phpText(value, path);
	if (unwritable.test(text))
		throw new Problem('value-misfit', `${path} holds a control character, which XML cannot carry`, {
			hint: (say) => `Use ${say('encoding', 'json')}, or another value.`,
		});
	return text;
}
