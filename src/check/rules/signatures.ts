import type { RuleCase } from '../case.ts';
import type { Rule } from '../rule.ts';
import type { Subject } from '../subject.ts';
import { bayarcashSdk, bookcars, owasp } from './sources.ts';
import { forged, signed } from './steps.ts';

/** What stands in the place of the signature. HTTP Digest has rules of its own. */
export const signatureRules: readonly Rule[] = [
	{
		id: 'checksum-missing',
		title: 'A callback without its checksum is refused',
		level: 'must',
		why: 'Anybody who knows the URL marks orders as paid. A car-rental shop verifies the signature "if it is there"; half of the IAK receivers seen do not verify at all.',
		hint: 'Refuse with 401 when the checksum is absent, before anything else is looked at.',
		source: bookcars,
		cases: signed((subject, name) =>
			subject.signature === 'field'
				? [forged('no checksum', subject, { unsigned: true })]
				: [
						forged(
							'no signature header',
							subject,
							{},
							{ step: { wire: { headers: { [name]: null } } } },
						),
					],
		),
	},
	{
		id: 'checksum-empty',
		title: 'An empty checksum is refused',
		level: 'must',
		why: '`if (signature)` takes an empty text for "not there", and skips the check.',
		hint: 'Check that it is a text of the right length before comparing.',
		source: owasp,
		cases: signed((subject, name) => [
			withSignature('empty checksum', '', subject, name),
			withSignature('one blank', ' ', subject, name),
		]),
	},
	{
		id: 'checksum-wrong-key',
		title: 'A checksum made with another key is refused',
		level: 'must',
		why: 'A signature that is computed but not compared protects nothing: one plugin marks the order paid whatever the result is.',
		hint: 'Compare the received checksum with your own in constant time (hash_equals, crypto.timingSafeEqual), and stop when they differ.',
		source: owasp,
		cases: signed((subject) => [forged('another key', subject, { wrongKey: true })]),
	},
	{
		id: 'checksum-truncated',
		title: 'A part of the right checksum is refused',
		level: 'must',
		why: 'A comparison that stops at the shorter text accepts one character, which can be guessed in sixteen tries.',
		hint: 'Compare lengths first, then the whole, in constant time.',
		source: owasp,
		cases: signed((subject) => {
			if (subject.signature !== 'field') return 'only for signatures in a field';
			return [1, 8, lengthOf(subject) - 1].map((length) =>
				forged(
					`first ${length} characters`,
					subject,
					{},
					{ step: { signature: (right) => right.slice(0, length) } },
				),
			);
		}),
	},
	{
		id: 'checksum-malformed',
		title: 'A checksum that is not hexadecimal is refused',
		level: 'must',
		why: 'Decoding it throws or yields nothing, and the receiver answers 500 or compares two empty buffers as equal.',
		hint: 'Check the shape (/^[0-9a-f]{64}$/ or {32}) before you decode or compare.',
		source: 'https://github.com/JhaSourav07/commitpulse',
		cases: signed((subject, name) => [
			withSignature('not hexadecimal', 'z'.repeat(lengthOf(subject)), subject, name),
			withSignature('an odd number of digits', 'a'.repeat(lengthOf(subject) - 1), subject, name),
			withSignature('the word null', 'null', subject, name),
			withSignature('all zeros', '0'.repeat(lengthOf(subject)), subject, name),
			withSignature(
				'a number with an exponent',
				'0e462097431906509019562988736854'.padEnd(lengthOf(subject), '0'),
				subject,
				name,
			),
		]),
	},
	{
		id: 'checksum-overlong',
		title: 'A checksum that is too long is refused',
		level: 'must',
		why: 'A comparison that only looks at the beginning accepts it; a column that is too short answers 500.',
		hint: 'Check the length before you compare or store anything.',
		source: owasp,
		cases: signed((subject, name) => [
			...(subject.signature === 'field'
				? [
						forged(
							'the right one and more',
							subject,
							{},
							{ step: { signature: (right) => `${right}00` } },
						),
					]
				: []),
			withSignature(
				'ten thousand characters',
				'a'.repeat(subject.signature === 'header' ? 6_000 : 10_000),
				subject,
				name,
			),
		]),
	},
	{
		id: 'checksum-multibyte',
		title: 'A checksum of multibyte characters is refused without a crash',
		level: 'must',
		why: 'Equal in characters, longer in bytes: timingSafeEqual throws a RangeError. It killed the process of one inbox service.',
		hint: 'Compare the lengths of the buffers, not of the texts, or check the shape first.',
		source: 'https://github.com/mercadopago/sdk-nodejs/issues/459',
		cases: signed((subject, name) =>
			subject.signature === 'field'
				? [
						withSignature('é instead of digits', 'é'.repeat(lengthOf(subject)), subject, name),
						withSignature(
							'one emoji among digits',
							`${'a'.repeat(lengthOf(subject) - 2)}😀`,
							subject,
							name,
						),
					]
				: [withSignature('é instead of digits', 'é'.repeat(lengthOf(subject)), subject, name)],
		),
	},
	{
		id: 'checksum-wrong-type',
		title: 'A checksum that is no text is refused without a crash',
		level: 'must',
		why: 'PHP and JavaScript compare loosely (true == "anything"), and text methods on an array throw.',
		hint: 'Demand typeof checksum === "string" (is_string in PHP) before anything else.',
		source: owasp,
		cases: signed((subject, name) => {
			if (subject.signature !== 'field') return 'a header is always text';
			const isForm = subject.message.write === 'form';
			const options = isForm ? ['json'] : [];
			const { write } = subject.message;
			const isTyped = write === 'json' || (isForm && subject.has(subject.success, 'json'));
			if (!isTyped && !isForm)
				return `${write === 'xml' ? 'XML' : 'a URL'} holds nothing but texts`;
			const values = isTyped ? ['true', '0', '[]', '{}', 'null', '["x"]'] : [];
			const typed = values.map((value) =>
				forged(
					`${name} ${value} as JSON`,
					subject,
					{ tamper: [`${name}:=${value}`], variants: options },
					{ ...deadly, controlOptional: isForm },
				),
			);
			const listed = (about: string, more: string) =>
				forged(
					about,
					subject,
					{ unsigned: true },
					{ step: { wire: { body: (body) => Buffer.concat([body, Buffer.from(more)]) } } },
				);
			return [
				...(isForm
					? [
							listed(`${name}[]= in the form`, `&${name}%5B%5D=`),
							listed(`${name}[a]= in the form`, `&${name}%5Ba%5D=b`),
						]
					: []),
				...typed,
			];
		}),
	},
	{
		id: 'checksum-uppercase',
		title: 'A checksum in capitals is not taken for the same',
		level: 'advice',
		why: 'The official SDKs compare exact lower-case text. Accepting capitals is harmless, and a sign that the comparison is home-made.',
		hint: 'Compare exactly.',
		source: bayarcashSdk,
		cases: signed((subject) =>
			subject.signature === 'field'
				? [
						forged(
							'in capitals',
							subject,
							{},
							{ step: { signature: (right) => right.toUpperCase() } },
						),
					]
				: 'only for signatures in a field',
		),
	},
];

/** The signature replaced by a text, in whatever place it has. */
function withSignature(about: string, text: string, subject: Subject, name: string): RuleCase {
	if (subject.signature === 'field')
		return forged(about, subject, { tamper: [`${name}=${text}`] }, deadly);
	return forged(about, subject, {}, { ...deadly, step: { wire: { headers: { [name]: text } } } });
}

/** A signature of a shape that nobody thought of has ended processes before. */
const deadly = { dangerous: true };

/** Bits of each hash; base64 is only used for 256. */
const bits = { md5: 128, sha1: 160, sha256: 256, sha512: 512 };

const lengthOf = ({ message: { signature } }: Subject): number => {
	if (signature?.as === 'base64') return 44;
	const hash = /(md5|sha\d+)$/.exec(signature?.algorithm ?? '')?.[0] as
		| keyof typeof bits
		| undefined;
	return bits[hash ?? 'sha256'] / 4;
};
