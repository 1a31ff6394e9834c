import { textOf } from '../../model/value-text.ts';
import type { RuleCase } from '../case.ts';
import type { Rule } from '../rule.ts';
import { hollowEnvelopes, hollowTexts, laughs, withEntity } from './hollow-bodies.ts';
import { owasp } from './sources.ts';
import { garbage, inBody, json, success, xml } from './steps.ts';

/** Who parses no XML expands no entities; that it crashes on it is told by xml-body. */
const whereXmlIsRead = { control: ['xml'], controlOptional: true };

const rules: readonly Rule[] = [
	{
		id: 'body-empty',
		title: 'An empty body is refused, and no crash',
		level: 'must',
		why: 'Uptime checks and scanners post nothing at all.',
		hint: 'Answer 400 when there is nothing to read.',
		source: owasp,
		cases: (subject) => [
			garbage('an empty body', subject, ''),
			garbage('blanks and line breaks', subject, ' \r\n\t '),
		],
	},
	{
		id: 'body-not-an-object',
		title: 'JSON that is no object is refused, and no crash',
		level: 'must',
		why: 'Reading a field of null is a TypeError; a 500 that the provider repeats, and a page of stack.',
		hint: 'Check that the body is an object before you read a field of it.',
		source: owasp,
		cases: (subject) => {
			const values = ['null', '[]', '[null]', '"text"', '42', 'true', '{}'];
			const inner = hollowTexts(subject);
			return [...values, ...hollowEnvelopes(subject.message.wrap), ...inner].map((body) => ({
				...garbage(body, subject, body, { step: { wire: json } }),
				// An empty object is at least JSON, and null inside may be kept for later: what counts is
				// no crash.
				...(inner.includes(body) ? { answer: 'survived' as const } : {}),
			}));
		},
	},
	{
		id: 'body-truncated',
		title: 'A truncated body is refused, and no crash',
		level: 'must',
		why: 'What could not be read must come again: 200 says it need not.',
		hint: 'Answer 400 when the body does not parse.',
		source: owasp,
		cases: (subject) => [
			{
				about: 'half of the body',
				steps: [
					success(
						subject,
						{},
						{ wire: { body: (body) => body.subarray(0, Math.floor(body.length / 2)) } },
					),
				],
				answer: 'rejected',
				state: 'not-success',
				stateAdds: true,
				dangerous: true,
			},
			garbage('a single {', subject, '{', { step: { wire: json } }),
			garbage('a stray %', subject, '%', {
				step: { wire: { headers: { 'content-type': 'application/x-www-form-urlencoded' } } },
			}),
		],
	},
	{
		id: 'byte-order-mark',
		title: 'A byte order mark before the body is no crash',
		level: 'should',
		why: 'Windows senders write one; JSON.parse and json_decode throw.',
		hint: 'Strip it, or refuse with 400.',
		source: null,
		cases: (subject) => [
			{
				about: 'EF BB BF',
				steps: [
					success(
						subject,
						{},
						{ wire: { body: (body) => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), body]) } },
					),
				],
				answer: 'survived',
			},
		],
	},
	{
		id: 'body-nested',
		title: 'Deeply nested JSON is no crash and no hang',
		level: 'advice',
		why: 'A parser that calls itself a hundred thousand times runs out of stack; in some languages that ends the process.',
		hint: 'Limit the size of bodies, and catch the parser’s error.',
		source: owasp,
		cases: (subject) => [
			garbage('100,000 brackets', subject, '['.repeat(100_000), {
				step: { wire: json },
				mayHangUp: true,
				answer: 'survived',
			}),
			garbage('20,000 nested objects', subject, `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`, {
				step: { wire: json },
				mayHangUp: true,
				answer: 'survived',
			}),
			garbage('20,000 nested form keys', subject, `a${'%5Bb%5D'.repeat(2_000)}=1`, {
				step: { wire: { headers: { 'content-type': 'application/x-www-form-urlencoded' } } },
				mayHangUp: true,
				answer: 'survived',
			}),
		],
	},
	{
		id: 'body-duplicate-keys',
		title: 'A key that comes twice does not fool the check',
		level: 'advice',
		why: 'Two parsers, two opinions: the one that verifies takes the first, the one that acts the last.',
		hint: 'Verify and act on one and the same parsed body.',
		source: owasp,
		cases: (subject) => {
			const path = subject.message.roles.state;
			const over = subject.message.signature?.over;
			const isSigned = typeof over === 'object' && path !== undefined && over.fields.includes(path);
			if (!isSigned || subject.failure === undefined)
				return 'the status is not signed, so nothing could be gained by it';
			if (subject.message.write === 'xml' || path.includes('.'))
				return 'only for a status that is a field of a form, or of JSON, by itself';
			const { failure, successState = '' } = subject;
			const paid = textOf(successState);
			const form = (body: Uint8Array) =>
				Buffer.concat([body, Buffer.from(`&${path}=${encodeURIComponent(paid)}`)]);
			const inJson = (body: Uint8Array) =>
				Buffer.concat([
					body.subarray(0, -1),
					Buffer.from(`,${JSON.stringify(path)}:${JSON.stringify(paid)}}`),
				]);
			const twice = (
				about: string,
				variants: readonly string[],
				body: (bytes: Uint8Array) => Uint8Array,
			): RuleCase => ({
				about: `a failure with a second status, as ${about}`,
				steps: [{ event: failure, shaping: { variants }, wire: { body } }],
				answer: 'survived',
				state: 'not-success',
				control: variants,
				controlOptional: variants.length > 0,
			});
			const isForm = subject.message.write === 'form';
			const json = isForm && subject.has(failure, 'json') ? [twice('JSON', ['json'], inJson)] : [];
			return [...(isForm ? [twice('a form', [], form)] : [twice('JSON', [], inJson)]), ...json];
		},
	},
	{
		id: 'body-invalid-utf8',
		title: 'Bytes that are no UTF-8 are no crash',
		level: 'should',
		why: 'Decoding throws in strict languages, and a database refuses the text.',
		hint: 'Answer 400 when the body does not decode.',
		source: owasp,
		cases: (subject) => [
			garbage('bytes FF FE 00 80', subject, Buffer.from([0xff, 0xfe, 0x00, 0x80, 0xc3, 0x28]), {
				answer: 'survived',
			}),
			{
				about: 'a broken character in a genuine body',
				steps: [
					success(
						subject,
						{},
						{
							wire: {
								body: (body) =>
									Buffer.concat([
										body.subarray(0, body.length - 8),
										Buffer.from([0xc3, 0x28]),
										body.subarray(body.length - 6),
									]),
							},
						},
					),
				],
				answer: 'survived',
				dangerous: true,
			},
		],
	},
	{
		id: 'xml-entities',
		title: 'XML with entities is refused or left unexpanded',
		level: 'must',
		providers: ['iak'],
		why: 'A billion laughs: a few hundred bytes that grow to gigabytes; an external entity reads a file and puts it into the order.',
		hint: 'Switch off entities and DTDs in the XML parser, or refuse bodies with <!DOCTYPE.',
		source: 'https://owasp.org/www-community/vulnerabilities/XML_External_Entity_(XXE)_Processing',
		cases: (subject) => [
			garbage('a billion laughs', subject, laughs, {
				...whereXmlIsRead,
				step: { wire: xml },
				answer: 'survived',
			}),
			garbage(
				'an external entity',
				subject,
				'<?xml version="1.0"?><!DOCTYPE mp [<!ENTITY x SYSTEM "file:///etc/hostname">]><mp><ref_id>&x;</ref_id></mp>',
				{ ...whereXmlIsRead, step: { wire: xml }, answer: 'survived' },
			),
			{
				// Whoever expands it takes the word of an entity for the status.
				about: 'a status that is an entity',
				steps: [success(subject, { variants: ['xml'] }, { wire: { body: withEntity } })],
				answer: 'survived',
				state: 'not-success',
				...whereXmlIsRead,
				dangerous: true,
			},
		],
	},
	{
		id: 'body-large',
		title: 'A body of megabytes does no harm',
		level: 'should',
		alone: true,
		why: 'A callback has a few hundred bytes. Reading ten megabytes of a stranger into memory, a hundred times at once, ends the process.',
		hint: 'Limit bodies to some 64 kB and answer 413 (express: { limit: "64kb" }, PHP: post_max_size).',
		source: owasp,
		cases: (subject) =>
			[1, 10].map((megabytes) =>
				garbage(`${megabytes} MB`, subject, Buffer.alloc(megabytes * 1024 * 1024, 'x'), {
					mayHangUp: true,
					answer: 'survived',
				}),
			),
	},
];

/** Bodies that are none. */
export const bodyRules: readonly Rule[] = rules.map(inBody);
