import fc from 'fast-check';
import { test } from 'vitest';
import { readXml } from '../../src/compose/read-xml.ts';
import { jsonText } from '../../src/compose/write-json.ts';
import { xmlText } from '../../src/compose/write-xml.ts';
import { bodyOf, catalogue, composed, type TextShaping } from '../support/catalogue.ts';
import { anyJson, anyName, anyText, type Json, mutated } from '../support/mutations.ts';
import { fuzzRuns, problemOr } from '../support/only-problems.ts';

/** One event of each message: they differ in what they carry and how. */
const events = [...new Map(catalogue.events.map((event) => [event.message, event])).values()];
const optionsOf = new Map(
	events.map(({ id, message }) => [
		id,
		Object.values(message.choices ?? {}).flatMap((all) => Object.keys(all)),
	]),
);
const fieldsOf = new Map(
	events.map(({ id, file }) => [
		id,
		[...Object.keys(file.values), ...Object.keys(file.vars ?? {})],
	]),
);

/** Composes, and makes everything that is made of a request later. */
async function used(id: string, shaping: TextShaping): Promise<void> {
	await problemOr(async () => {
		const { request } = await composed(id, shaping);
		request.headersAt(1);
		request.signatureAt(1);
	});
}

const anyEvent = fc.constantFrom(...events.map(({ id }) => id));
const path = (id: string) => {
	const segment = fc.oneof(fc.constantFrom(...(fieldsOf.get(id) ?? [])), anyName);
	return fc.oneof(
		fc.constantFrom(...(fieldsOf.get(id) ?? [])),
		fc.array(segment, { minLength: 1, maxLength: 4 }).map((segments) => segments.join('.')),
		fc.tuple(segment, fc.nat(3)).map(([name, at]) => `${name}[${at}]`),
		anyText,
	);
};
const assignment = (id: string) =>
	fc.oneof(
		fc.tuple(path(id), anyText).map(([name, value]) => `${name}=${value}`),
		fc.tuple(path(id), anyJson).map(([name, value]) => `${name}:=${JSON.stringify(value)}`),
		anyText,
	);

const someOptions = (id: string, maxLength: number) =>
	fc.array(fc.constantFrom(...(optionsOf.get(id) ?? []), 'json'), { maxLength });

test('any assignment to any path is composed, or refused with a problem', async () => {
	const shaping = anyEvent.chain((id) => {
		const some = fc.array(assignment(id), { maxLength: 2 });
		return fc.tuple(
			fc.constant(id),
			fc.record(
				{
					set: some,
					add: some,
					tamper: some,
					unset: fc.array(path(id), { maxLength: 2 }),
					ref: anyText,
					amount: fc.oneof(anyText, fc.constant('5.00')),
					fresh: fc.boolean(),
					unsigned: fc.boolean(),
					wrongKey: fc.boolean(),
					variants: someOptions(id, 2),
				},
				{ requiredKeys: [] },
			),
		);
	});
	await fc.assert(
		fc.asyncProperty(shaping, ([id, one]) => used(id, one)),
		fuzzRuns(300),
	);
}, 3_600_000);

const bodies = await Promise.all(
	events.map(async ({ id }) => ({
		id,
		body: bodyOf(await composed(id)),
		values: JSON.parse(JSON.stringify((await composed(id)).values)) as Json,
	})),
);

test('any body of JSON, of a form and of XML is composed, or refused with a problem', async () => {
	const given = fc.constantFrom(...bodies).chain(({ id, body, values }) =>
		fc.tuple(
			fc.constant(id),
			fc.oneof(
				anyJson.map((value) => JSON.stringify(value)),
				mutated(values).map((value) => JSON.stringify(value)),
				fc
					.array(fc.tuple(anyName, anyText), { maxLength: 5 })
					.map((pairs) => pairs.map(([name, value]) => `${name}=${value}`).join('&')),
				fc
					.tuple(fc.constant(body), anyText, fc.nat(body.length))
					.map(([all, put, at]) => all.slice(0, at) + put + all.slice(at + 3)),
				xml(),
				anyText,
			),
			someOptions(id, 1),
		),
	);
	await fc.assert(
		fc.asyncProperty(given, ([id, body, variants]) => used(id, { body, variants })),
		fuzzRuns(300),
	);
}, 3_600_000);

/** Elements, and what else stands in XML: as it should, and torn. */
function xml(): fc.Arbitrary<string> {
	const name = fc.oneof(
		fc.constantFrom('a', 'data', 'ref_id', 'status', '__proto__', 'constructor', 'a:b', '1'),
		anyName,
	);
	const { element } = fc.letrec<{ element: string }>((tie) => ({
		element: fc.oneof(
			{ maxDepth: 4, depthSize: 'small' },
			fc.constantFrom(
				'',
				'x',
				'&lt;',
				'&#0;',
				'&#x110000;',
				'&x;',
				'<![CDATA[<]]>',
				'<!-- -->',
				'<?pi?>',
				'<a',
				']]>',
				'</a>',
			),
			fc.constantFrom(
				'<!DOCTYPE a>',
				'<!DOCTYPE a [<!ENTITY x "y">]>',
				'<a b="1" b=\'2\' c/>',
				'<a/>',
				'<?xml version="1.0"?>',
			),
			fc
				.tuple(name, fc.array(tie('element'), { maxLength: 3 }))
				.map(([tag, inner]) => `<${tag}>${inner.join('')}</${tag}>`),
		),
	}));
	return fc.oneof(
		element.map((inner) => `<data>${inner}</data>`),
		element.map((inner) => `<${inner}`),
	);
}

test('any XML is read into values that can be written again, or refused with a problem', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.oneof(
				xml(),
				anyText.map((text) => `<a>${text}</a>`),
			),
			(text) =>
				problemOr(() => {
					const value = readXml(text, 'the body');
					jsonText(value);
					xmlText(value);
				}),
		),
		fuzzRuns(300),
	);
}, 3_600_000);
