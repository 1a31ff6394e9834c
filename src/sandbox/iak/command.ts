import { nearestName } from '../../model/suggest.ts';
import { textIn } from '../fields.ts';
import type { Box, Call, Endpoint, FactClaim, Reply } from '../provider.ts';
import { facts, type Side } from './facts.ts';
import { isForm, refused } from './reply.ts';
import { endName, type SignEnd, signMistake } from './sign.ts';

/** One call of IAK's: where it stands, what it needs and is signed with, and its answer. */
export interface Command {
	readonly title: string;
	readonly claim: FactClaim;
	readonly side: Side;
	readonly paths: readonly string[];
	/** Values of `commands` that mean it, where several calls share an address. */
	readonly commands?: readonly string[];
	/** Fields beside `username` and `sign`. */
	readonly needs: readonly string[];
	readonly takes?: readonly string[];
	readonly end: SignEnd;
	answer(call: Call, box: Box): Reply | Promise<Reply>;
}

/** What every call has in common is looked at first: the body, what is needed, who signed. */
export function command(one: Command): Endpoint {
	const { title, claim, paths, commands, end } = one;
	const asked = commands === undefined ? '' : `commands ${commands.join(', ')}: `;
	return {
		title: `${asked}${title}; sign ends with ${endName(end)}`,
		method: 'POST',
		paths,
		claim,
		...(commands !== undefined && {
			isMeant: ({ fields }) => commands.includes(textIn(fields, 'commands') ?? ''),
		}),
		answer: (call, box) =>
			closed(call, box, one.side) ??
			unreadable(call, box, one) ??
			forged(call, box, one) ??
			one.answer(call, box),
	};
}

/** Every other value of `commands` at an address that several calls share. */
export function wrongCommand(
	{ side, paths, claim, code }: Pick<Command, 'side' | 'paths' | 'claim'> & { code: string },
	known: readonly string[],
): Endpoint {
	return {
		title: `any other commands: refused, ${code}`,
		method: 'POST',
		paths,
		claim,
		answer(call, box) {
			const given = textIn(call.fields, 'commands');
			const near = given === undefined ? undefined : nearestName(given, known);
			const said = given === undefined ? 'commands is missing' : `commands is ${given}`;
			const hint =
				near === undefined ? `it is one of ${known.join(', ')}` : `did you mean ${near}?`;
			return (
				closed(call, box, side) ??
				unreadable(call, box, { side, needs: [] }) ??
				refused(call, box, side, code, { why: `${said}; ${hint}` })
			);
		},
	};
}

/** An account that nothing is done for. */
function closed(call: Call, box: Box, side: Side): Reply | undefined {
	for (const [name, variant] of Object.entries(facts.variants))
		if ('rc' in variant && box.settings.variants.includes(name))
			return refused(call, box, side, variant.rc, { why: `the variant ${name}` });
	return undefined;
}

function unreadable(
	call: Call,
	box: Box,
	{ needs, takes = [], side }: Pick<Command, 'needs' | 'takes' | 'side'>,
): Reply | undefined {
	const refuse = (why: string) => refused(call, box, side, '107', { why });
	if (isForm(call))
		return refuse(
			call.body.length === 0
				? 'the body is empty'
				: 'the body is neither JSON nor XML: IAK reads no forms',
		);
	if (Object.keys(call.fields).length === 0) return refuse('no field could be read');
	const always = ['username', 'sign', ...needs];
	const known = ['commands', ...always, ...takes];
	for (const name of Object.keys(call.fields)) {
		const near = known.includes(name) ? undefined : nearestName(name, known);
		if (near !== undefined) call.note(`${name} is no field of this call: did you mean ${near}?`);
	}
	const missing = always.filter((name) => textIn(call.fields, name) === undefined);
	if (missing.length > 0) return refuse(missing.map((name) => missed(name, call)).join('; '));
	const odd = known.map((name) => flaw(name, textIn(call.fields, name) ?? ''));
	const first = odd.find((one) => one !== undefined);
	return first === undefined ? undefined : refuse(first);
}

/** What an answer in XML could not carry, or no table of IAK's holds. */
function flaw(name: string, text: string): string | undefined {
	if (/[\p{Cc}\ufffe\uffff]/u.test(text)) return `${name} holds a control character`;
	const { longestField } = facts.rules;
	return text.length > longestField
		? `${name} is longer than ${longestField} characters`
		: undefined;
}

/** Names of one thing in V1, V2 and postpaid. */
const sameThings = [
	['customer_id', 'hp'],
	['product_code', 'pulsa_code', 'code'],
];

function missed(name: string, { fields }: Call): string {
	const given = sameThings
		.find((names) => names.includes(name))
		?.find((other) => textIn(fields, other) !== undefined);
	return `${name} is missing${given === undefined ? '' : `, which ${given} is in another version`}`;
}

function forged(call: Call, box: Box, { end, side }: Command): Reply | undefined {
	const username = textIn(call.fields, 'username');
	const mine = box.secret('username');
	const mistake = signMistake(call.fields, end, box);
	const why =
		username === mine
			? mistake && `sign: ${mistake}`
			: `username is ${username}; the sandbox knows ${mine} (callsim sandbox --credential username=…)`;
	return why === undefined
		? undefined
		: refused(call, box, side, side === 'prepaid' ? '204' : '100', { why });
}
