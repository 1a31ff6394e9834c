import { Problem } from '../../model/problem.ts';
import type { Received } from '../received.ts';
import { pathAndQuery } from '../wrapping.ts';
import { shellWords } from './shell-words.ts';

/** Short options by their long names; curl's own. */
const long: Readonly<Record<string, string>> = {
	X: 'request',
	H: 'header',
	d: 'data',
	G: 'get',
	F: 'form',
	I: 'head',
};

/** Others that take a value; what follows them is no URL. */
const valued =
	/^(A|b|c|e|E|K|m|o|T|u|U|w|x|Y|y|z|cacert|cert|connect-timeout|connect-to|cookie|max-time|output|proxy|referer|resolve|retry|user|user-agent|write-out)$/;

/** A command line of curl, as people write one and as browsers and Postman copy one. */
export function curl(text: string): Received[] | undefined {
	const at = /(^|[\n$>;] *)curl(\.exe)?\s/.exec(text.slice(0, 2_000));
	if (at === null) return undefined;
	const words = shellWords(fromCmd(text.slice(at.index + (at[1] ?? '').length)).trim());
	if (words === undefined) return undefined;
	const told = readOptions(words.slice(1));
	const data = told.filter(([name]) => /^(data|json|form)/.test(name)).map(dataOf);
	const isGet = told.some(([name]) => name === 'get');
	const given = told.flatMap(([name, value]) => (name === 'header' ? [headerOf(value)] : []));
	const url = told.find(([name]) => name === 'url')?.[1] ?? '/';
	const method = told.findLast(([name]) => name === 'request')?.[1];
	const isJson = told.some(([name]) => name === 'json');
	const type = isJson ? 'application/json' : 'application/x-www-form-urlencoded';
	const body = data.join(isJson ? '' : '&');
	const target = pathAndQuery(/^(https?:\/\/|\/)/.test(url) ? url : `http://${url}`);
	if (isGet) {
		const query = body === '' ? '' : `${target.includes('?') ? '&' : '?'}${body}`;
		return [
			{
				method: 'GET',
				target: `${target}${query}`,
				headers: Object.fromEntries(given),
				body: new Uint8Array(),
			},
		];
	}
	const headers = {
		...(data.length === 0 ? {} : { 'content-type': type }),
		...Object.fromEntries(given),
	};
	return [
		{
			method: method ?? (data.length === 0 ? 'GET' : 'POST'),
			target,
			headers,
			body: Buffer.from(body),
		},
	];
}

/** "Copy as cURL (cmd)": carets before quotes and line ends. */
const fromCmd = (text: string): string =>
	/\^["\r\n]/.test(text) ? text.replace(/\^(\r?\n|[\s\S])/g, '$1') : text;

function readOptions(words: readonly string[]): [name: string, value: string][] {
	const told: [string, string][] = [];
	for (let at = 0; at < words.length; at++) {
		const word = words[at] ?? '';
		if (/^[|;&>]/.test(word)) break;
		const [, name = '', joined] = /^--?([A-Za-z][\w-]*?)(?:=([\s\S]*))?$/.exec(word) ?? [];
		if (!word.startsWith('-')) told.push(['url', word]);
		else if (word.startsWith('--')) {
			const takes = /^(request|header|url|json|form.*|data.*)$/.test(name);
			if (takes) told.push([name, joined ?? words[++at] ?? '']);
			else if (valued.test(name)) at++;
			else told.push([name, '']);
		} else {
			const letter = /[XHdF]/.exec(word)?.[0];
			const value = letter === undefined ? '' : word.slice(word.indexOf(letter) + 1);
			if (letter !== undefined)
				told.push([long[letter] ?? '', value === '' ? (words[++at] ?? '') : value]);
			else if (valued.test(word.slice(-1)) && word.length === 2) at++;
			else told.push(...[...word.slice(1)].map((one): [string, string] => [long[one] ?? one, '']));
		}
	}
	return told;
}

function headerOf(line: string): [string, string] {
	const colon = line.indexOf(':');
	return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()];
}

/**
 * What one option adds to the body.
 * @throws Problem `body-invalid` where it stands in a file that is not here
 */
function dataOf([name, value]: readonly [string, string]): string {
	if (value.startsWith('@') && name !== 'data-raw' && !name.startsWith('form'))
		throw new Problem(
			'body-invalid',
			`the command line of curl takes its body from a file (${value.slice(1)})`,
			{
				hint: 'Give that file, or the command line with the body in it.',
			},
		);
	if (name === 'data-urlencode' || name.startsWith('form')) {
		const equals = value.indexOf('=');
		const encoded = encodeURIComponent(value.slice(equals + 1));
		const field = name.startsWith('form')
			? encodeURIComponent(value.slice(0, equals))
			: value.slice(0, equals);
		return equals <= 0 ? encoded : `${field}=${encoded}`;
	}
	return value;
}
