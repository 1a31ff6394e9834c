import type { Secret } from '../../model/secret.ts';

/** Something to look for in a text: characters in a row, each in any spelling. */
export interface Needle {
	/** Code points, in lower case where the case does not matter. */
	readonly codes: readonly number[];
	readonly ignoresCase: boolean;
	/** Line breaks and the like that may stand between two of them. */
	readonly between: string;
	/** Of base64, the characters beside it hold a part of it as well. */
	readonly neighbours: RegExp | undefined;
	/** So many of the first characters are taken for it where a text was cut off. */
	readonly fewest: number;
	/** What takes its place. */
	readonly shown: string;
}

/** A shorter word stands in any text by chance: masked, it would hide nothing. */
const shortestSecret = 4;

/** The secret itself, its hex, and what base64 of any longer text that holds it has in common. */
export function needlesOf(secret: Secret): Needle[] {
	const shown = secret.shown();
	return [...new Set([secret.reveal(), secret.reveal().trim()])]
		.filter((text) => [...text].length >= shortestSecret)
		.flatMap((text) => [
			needle(text, shown, { ignoresCase: true }),
			needle(Buffer.from(text, 'utf8').toString('hex'), shown, {
				ignoresCase: true,
				between: ' :-\r\n',
			}),
			...coresOf(text).map((core) =>
				needle(core, shown, { between: '\r\n', neighbours: /[\w+/-]/ }),
			),
		]);
}

function needle(text: string, shown: string, more: Partial<Needle>): Needle {
	const ignoresCase = more.ignoresCase === true;
	const codes = [...text].map((character) => character.codePointAt(0) ?? 0);
	return {
		codes: ignoresCase ? codes.map(lowered) : codes,
		between: '',
		neighbours: undefined,
		fewest: Math.max(3, Math.min(8, Math.ceil(codes.length / 2))),
		shown,
		...more,
		ignoresCase,
	};
}

/** In both alphabets, at each of three places to begin; also of a text that encodes it. */
function coresOf(text: string): string[] {
	const cores = encodings(text).flatMap((one) =>
		[0, 1, 2].map((lead) => coreOf(Buffer.from(one, 'utf8'), lead)),
	);
	return [
		...new Set(cores.flatMap((core) => [core, core.replaceAll('+', '-').replaceAll('/', '_')])),
	];
}

/** In base64 of a body the text may be encoded: a letter more, and nothing is the same. */
function encodings(text: string): string[] {
	const json = JSON.stringify(text).slice(1, -1);
	const ascii = json.replace(
		/[\u0080-\uffff]/g,
		(one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);
	const url = encodeURIComponent(Buffer.from(text, 'utf8').toString('utf8'));
	const strict = url.replace(
		/[!'()*]/g,
		(one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
	);
	const plain = [text, json, ascii, json.replaceAll('/', '\\/'), ascii.replaceAll('/', '\\/')];
	const urls = [url, strict, strict.replaceAll('~', '%7E')];
	return [...new Set([...plain, ...urls, ...urls.map((one) => one.replaceAll('%20', '+'))])];
}

/** Characters of base64 that depend on these bytes alone. @param lead bytes before, modulo 3 */
function coreOf(bytes: Buffer, lead: number): string {
	const all = Buffer.concat([Buffer.alloc(lead), bytes]).toString('base64');
	return all.slice(Math.ceil((lead * 8) / 6), Math.floor(((lead + bytes.length) * 8) / 6));
}

/** In lower case, where that is one character, too. */
export function lowered(code: number): number {
	if (code < 0x80) return code >= 65 && code <= 90 ? code + 32 : code;
	const known = lowerCase.get(code);
	if (known !== undefined) return known;
	const [lower = code, more] = [...String.fromCodePoint(code).toLowerCase()].map((one) =>
		one.codePointAt(0),
	);
	const single = more === undefined ? lower : code;
	lowerCase.set(code, single);
	return single;
}

/** Asking once a character is what takes the time in a text beyond ASCII. */
const lowerCase = new Map<number, number>();
