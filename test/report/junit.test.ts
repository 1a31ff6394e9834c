import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { parse } from 'junit2json';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { junitReport } from '../../src/report/ci/junit.ts';
import type { CaseVerdict, RunReport } from '../../src/report/run-report.ts';
import {
	broken,
	hostile,
	saying,
	spelled,
	spelledLine,
	worstFirst,
} from '../support/report-parts.ts';
import {
	hostileRun,
	manyDeliveries,
	sampleCheck,
	sampleFire,
	sampleRun,
} from '../support/sample-report.ts';
import { needs } from '../support/tools.ts';

const samples: [string, RunReport][] = [
	['run', sampleRun()],
	['fire', sampleFire()],
	['check', sampleCheck()],
	['a hostile run', hostileRun()],
	['many deliveries', manyDeliveries(100)],
	['a run that broke off', broken(sampleRun())],
	['nothing', { ...sampleRun(), suites: [], deliveries: [] }],
];

/** Without options every value stays text; by default a name such as "1e3" would become a number. */
async function read(report: RunReport) {
	const root = await parse(await junitReport(report), {});
	if (root === null || root === undefined || !('testsuite' in root || 'tests' in root))
		throw new Error('no testsuites');
	const suites = 'testsuite' in root ? (root.testsuite ?? []) : [];
	return { root, suites, cases: suites.flatMap((suite) => suite.testcase ?? []) };
}

describe.each(samples)('%s as JUnit', (_name, report) => {
	const cases = report.suites.flatMap((suite) => suite.cases);
	const count = (verdict: CaseVerdict) => cases.filter((one) => one.verdict === verdict).length;
	const extra = report.broken === undefined ? 0 : 1;

	test('counts what the report counts, in the attributes and in the elements', async () => {
		const { root, suites, cases: found } = await read(report);
		const sum = (name: 'tests' | 'failures' | 'errors' | 'skipped') =>
			suites.reduce((total, suite) => total + Number(suite[name]), 0);
		const wanted = {
			tests: cases.length + extra,
			failures: count('failed'),
			errors: count('error') + extra,
		};
		expect({
			tests: Number(root.tests),
			failures: Number(root.failures),
			errors: Number(root.errors),
		}).toEqual(wanted);
		expect({ tests: sum('tests'), failures: sum('failures'), errors: sum('errors') }).toEqual(
			wanted,
		);
		expect(sum('skipped')).toBe(count('skipped'));
		expect(found).toHaveLength(cases.length + extra);
		expect(found.filter((one) => one.failure !== undefined)).toHaveLength(count('failed'));
		expect(found.filter((one) => one.error !== undefined)).toHaveLength(count('error') + extra);
		expect(found.filter((one) => one.skipped !== undefined)).toHaveLength(count('skipped'));
		expect(found.filter((one) => one['system-out'] !== undefined)).toHaveLength(count('warned'));
	});

	test('names every case once, in the class of its suite', async () => {
		const { suites, cases: found } = await read(report);
		const keys = found.map(({ classname, name }) => JSON.stringify([classname, name]));
		expect(new Set(keys).size).toBe(keys.length);
		for (const suite of suites)
			expect(suite.testcase?.every((one) => one.classname === suite.name)).not.toBe(false);
	});

	test('holds no credential', async () =>
		expect(await junitReport(report)).not.toContain('hunter2'));
});

test('says what went wrong in the message, and all of it in the text', async () => {
	const { cases } = await read(sampleRun());
	const forged = cases.find(({ name }) => name === 'step 1: fire transaction-success --unsigned');
	const failure = forged?.failure?.[0];
	expect(failure?.message).toBe('a callback without its checksum was accepted');
	expect(failure?.type).toBe('status');
	expect(failure?.inner?.split('\n')).toEqual([
		'a callback without its checksum was accepted',
		'expected: refused: 400 to 499',
		'got: 200 {"success":true}',
		'at: scenarios/forged.yaml:7',
		'Anybody who knows the URL marks orders as paid.',
		'Refuse with 401 when the checksum is absent.',
		'reproduce:',
		"curl -sS -X POST 'http://127.0.0.1:3000/setup/ORD-0060?amount=60.00'",
		'callsim fire bayarcash/transaction-success --to http://127.0.0.1:3000/webhooks/bayarcash --unsigned --retry none',
	]);
});

test('tells what the receiver did wrong from what kept the tool from finding out', async () => {
	const { cases } = await read(sampleRun());
	expect(cases.flatMap((one) => one.failure ?? []).map(({ type }) => type)).toEqual([
		'status',
		'probe',
	]);
	expect(cases.flatMap((one) => one.error ?? []).map(({ type }) => type)).toEqual([
		'not-acknowledged',
	]);
});

test('never looks green when the run broke off', async () => {
	const { suites } = await read(
		broken({ ...sampleRun(), suites: [] }, 'the scenario\ncannot be read'),
	);
	expect(suites).toHaveLength(1);
	expect(suites[0]).toMatchObject({ name: 'callsim', tests: '1', errors: '1' });
	expect(suites[0]?.testcase?.[0]?.error?.[0]).toMatchObject({
		type: 'problem',
		message: 'the scenario\\ncannot be read',
		inner: 'the scenario\ncannot be read',
	});
});

test('gives suites and cases of one name a number each', async () => {
	const [suite] = saying('twice').suites;
	if (suite === undefined) throw new Error('the sample has a suite');
	const { suites } = await read({ ...sampleRun(), suites: [suite, suite] });
	expect(suites.map(({ name }) => name)).toEqual(['twice', 'twice (2)']);
	expect(suites[1]?.testcase?.map(({ name }) => name)).toEqual(['twice', 'twice (2)', 'twice (3)']);
});

test('writes times in plain seconds, also when the clock was set back', async () => {
	const { root, suites } = await read({ ...sampleRun(), endedAt: 0 });
	expect(String(root.time)).toBe('0.000');
	expect(suites[0]).toMatchObject({ time: '0.900', timestamp: '2026-11-25T10:00:00' });
});

test('gives back every text as it went in, or spelled out', async () => {
	await fc.assert(
		fc.asyncProperty(hostile, async (text) => {
			const { root, suites, cases } = await read(saying(text));
			const line = spelledLine(text);
			expect(root.name).toBe(line);
			expect(suites.map(({ name }) => name)).toEqual([line]);
			expect(cases.map(({ name }) => name)).toEqual([line, `${line} (2)`, `${line} (3)`]);
			const [failed, skipped, warned] = cases;
			expect(failed?.failure?.[0]).toMatchObject({ message: line, type: line });
			const inner = failed?.failure?.[0]?.inner ?? '';
			expect(inner.startsWith(`${spelled(text)}\n`)).toBe(true);
			expect(inner.split(spelled(text)).length).toBeGreaterThan(5);
			expect(skipped?.skipped?.[0]?.message).toBe(line);
			expect(warned?.['system-out']?.[0]?.startsWith(spelled(text))).toBe(true);
		}),
		worstFirst,
	);
});

/** Our words for the part of the Jenkins plug-in's junit-10.xsd that we write; what is not here is refused there too. */
const schema = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
	<xs:simpleType name="seconds"><xs:restriction base="xs:string"><xs:pattern value="[0-9]+\\.[0-9]{3}"/></xs:restriction></xs:simpleType>
	<xs:simpleType name="instant"><xs:restriction base="xs:string"><xs:pattern value="\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d"/></xs:restriction></xs:simpleType>
	<xs:complexType name="detail" mixed="true"><xs:attribute name="message" type="xs:string" use="required"/><xs:attribute name="type" type="xs:string"/></xs:complexType>
	<xs:complexType name="case">
		<xs:choice minOccurs="0">
			<xs:element name="failure" type="detail"/><xs:element name="error" type="detail"/>
			<xs:element name="skipped" type="detail"/><xs:element name="system-out" type="xs:string"/>
		</xs:choice>
		<xs:attribute name="classname" use="required"/><xs:attribute name="name" use="required"/><xs:attribute name="time" type="seconds" use="required"/>
	</xs:complexType>
	<xs:complexType name="suite">
		<xs:sequence><xs:element name="testcase" type="case" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
		<xs:attribute name="name" use="required"/><xs:attribute name="tests" type="xs:int" use="required"/>
		<xs:attribute name="failures" type="xs:int" use="required"/><xs:attribute name="errors" type="xs:int" use="required"/>
		<xs:attribute name="skipped" type="xs:int" use="required"/><xs:attribute name="time" type="seconds" use="required"/>
		<xs:attribute name="timestamp" type="instant" use="required"/>
	</xs:complexType>
	<xs:element name="testsuites"><xs:complexType>
		<xs:sequence><xs:element name="testsuite" type="suite" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
		<xs:attribute name="name" use="required"/><xs:attribute name="tests" type="xs:int" use="required"/>
		<xs:attribute name="failures" type="xs:int" use="required"/><xs:attribute name="errors" type="xs:int" use="required"/>
		<xs:attribute name="time" type="seconds" use="required"/>
	</xs:complexType></xs:element>
</xs:schema>`;

describe.skipIf(!needs('xmllint'))('held against libxml2', () => {
	let folder = '';
	beforeAll(() => {
		folder = mkdtempSync(join(tmpdir(), 'callsim-junit-'));
		writeFileSync(join(folder, 'subset.xsd'), schema);
	});
	afterAll(() => rmSync(folder, { recursive: true }));
	const complaints = async (report: RunReport) =>
		spawnSync('xmllint', ['--noout', '--nonet', '--schema', join(folder, 'subset.xsd'), '-'], {
			input: await junitReport(report),
		})
			.stderr.toString('utf8')
			.trim();

	test.each(samples)(
		'%s has the elements and attributes that Jenkins takes, and no other',
		async (_name, report) => expect(await complaints(report)).toBe('- validates'),
	);

	test('any text leaves the file well formed', async () => {
		const texts = fc.sample(hostile, { numRuns: 400, seed: 7 });
		const suites = texts.flatMap((text) => saying(text).suites);
		expect(await complaints({ ...sampleRun(), suites })).toBe('- validates');
	});
});
