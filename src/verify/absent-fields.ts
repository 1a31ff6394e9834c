import type { Received } from '../capture/received.ts';
import { listedFields } from '../compose/find-field.ts';
import { own } from '../model/own.ts';
import { nearestName } from '../model/suggest.ts';
import type { Search } from './explain.ts';
import { type Recipe, signatureOf, textAt } from './recipe.ts';
import type { Recognised } from './recognise.ts';
import { explained, type SignatureVerdict } from './signature-verdict.ts';
import type { SignatureFacts, Verdict, VerdictContext } from './verdict.ts';

type Unfitting = SignatureVerdict & Pick<Verdict, 'mistakes'>;

/** What is wrong with it; a signed field that is not there, or renamed, is named first. */
export function unfitting(
	honest: Recipe,
	reading: Recognised,
	received: Received,
	facts: SignatureFacts,
	where: string,
	context: VerdictContext,
	search: Search,
): Unfitting {
	const found = explained(honest, reading, received, facts, where, context, search);
	const absent = absentFields(honest, reading);
	if (absent.length === 0) return found;
	const said = (cause: string, explanation: string): Unfitting => ({
		genuine: false,
		cause,
		explanation,
		signature: facts,
		mistakes: [],
	});
	const renamed = renamedFields(honest, reading, absent);
	if (renamed !== undefined) {
		const names = [...renamed].map(([field, name]) => `${field} came as ${name}`).join(', ');
		const repaired = signatureOf(withFields(honest, reading, renamed));
		const proof = repaired === reading.signature ? ` With its value the ${where} fits.` : '';
		return said('field-renamed', `A signed field is not called as it should be: ${names}.${proof}`);
	}
	// Over all fields that came: what it comes to is that one of them did not.
	if (found.cause !== null && !/(^|\+)(all-fields|empty-dropped)/.test(found.cause)) return found;
	const them = absent.length === 1 ? 'it was' : 'they were';
	return said(
		'field-absent',
		`There is no ${absent.join(', no ')}, which the ${where} covers: ${them} left out.`,
	);
}

/**
 * Signed fields that the callback does not have, and the sample does: some events leave one out,
 * and a form leaves out null.
 */
function absentFields({ parts }: Recipe, { chosen, values }: Recognised): string[] {
	const listed = listedFields(chosen.message.fields);
	const isAbsent = (name: string) =>
		own(values, name) === undefined && (own(chosen.values, name) ?? null) !== null;
	return parts.map(({ name }) => name).filter((name) => listed.includes(name) && isAbsent(name));
}

const most = 20;

/** New names of absent fields: one whose value makes the signature, else one of a like name. */
function renamedFields(
	honest: Recipe,
	reading: Recognised,
	absent: readonly string[],
): ReadonlyMap<string, string> | undefined {
	const listed = listedFields(reading.chosen.message.fields);
	const strange = Object.keys(reading.values)
		.filter((name) => !listed.includes(name))
		.slice(0, most);
	const [only] = absent;
	const proved =
		only === undefined || absent.length > 1
			? undefined
			: strange.find(
					(name) =>
						signatureOf(withFields(honest, reading, new Map([[only, name]]))) === reading.signature,
				);
	if (only !== undefined && proved !== undefined) return new Map([[only, proved]]);
	const alike = absent.flatMap((field) => {
		const name = strange.find((one) => plain(one) === plain(field)) ?? nearestName(field, strange);
		return name === undefined ? [] : [[field, name] as const];
	});
	return alike.length === absent.length ? new Map(alike) : undefined;
}

const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

function withFields(
	honest: Recipe,
	{ values }: Recognised,
	renamed: ReadonlyMap<string, string>,
): Recipe {
	const parts = honest.parts.map((part) => {
		const name = renamed.get(part.name);
		return name === undefined ? part : { ...part, text: textAt(values, name) };
	});
	return { ...honest, parts };
}
