import { describe, expect, test } from 'vitest';
import { scenarioOf } from '../support/scenario.ts';

const problemOf = (text: string, env: Record<string, string> = {}): string => {
	try {
		scenarioOf(text, { env });
		return '(none)';
	} catch (error) {
		return (error as Error).message;
	}
};

const first = [
	'name: a',
	'provider: bayarcash',
	'vars: { order: A, deep: { id: 7 } }',
	'steps:',
].join('\n');
const using = (name: string) =>
	`${first}\n  - fire: transaction-success\n    ref: "x-\${${name}}"\n`;

describe('a name that stands for nothing is a problem at its place', () => {
	test.each([
		[
			'vars.ordr',
			/^test\.yaml:6:5: step 1: ref has "\$\{vars\.ordr\}", but vars has no "ordr" \(did you mean "order"\?\)/,
		],
		['vars.deep.id2', /^test\.yaml:6:5: step 1: ref has "\$\{vars\.deep\.id2\}"/],
		['vars', /^test\.yaml:6:5: step 1: ref has "\$\{vars\}"/],
		[
			'env.SHOP',
			/^test\.yaml:6:5: step 1: ref has "\$\{env\.SHOP\}", but the environment has no SHOP/,
		],
		[
			'var.order',
			/^test\.yaml:6:5: .*which is no name \(did you mean "vars"\?\): there are seq, run, vars\.…/,
		],
		['seq.x', /^test\.yaml:6:5: step 1: ref has "\$\{seq\.x\}"/],
		['run.x', /^test\.yaml:6:5: step 1: ref has "\$\{run\.x\}"/],
		['', /^test\.yaml:6:5: step 1: ref has "\$\{\}", which is no name/],
		['steps.1.request.amount', /^test\.yaml:6:5: step 1: ref has .*, but no step before it is "1"/],
		['steps.2.request.amount', /^test\.yaml:6:5: step 1: ref has .*, but no step before it is "2"/],
		[
			'steps.paid.probe.state',
			/^test\.yaml:6:5: step 1: ref has .*, but no step before it is "paid"/,
		],
	])('${%s}', (name, message) => {
		expect(problemOf(using(name))).toMatch(message);
	});

	test('of a step there is only what it has', () => {
		const text = `${first}\n  - fire: transaction-success\n  - fire: transaction-failed\n    ref: "\${steps.1.answer}"\n`;
		expect(problemOf(text)).toMatch(
			/^test\.yaml:7:5: .*of a step there are response, probe and request/,
		);
	});

	test('an environment variable that is empty is there, one of the prototype is not', () => {
		expect(problemOf(using('env.EMPTY'), { EMPTY: '' })).toBe('(none)');
		expect(problemOf(using('env.constructor'))).toMatch(/the environment has no constructor/);
		expect(problemOf(using('vars.constructor'))).toMatch(/vars has no "constructor"/);
	});

	test('a placeholder that is not closed is a mistake, too', () => {
		const text = `${first}\n  - fire: transaction-success\n    ref: "x-\${vars.order"\n`;
		expect(problemOf(text)).toMatch(/^test\.yaml:6:5: step 1: ref /);
	});

	test('a text that is doubled is meant as it is', () => {
		expect(problemOf(using('seq').replace('x-$', 'x-$$'))).toBe('(none)');
	});

	test.each([
		[
			'a variable',
			'vars: { a: "${vars.b}", b: 1 }\nsteps: [{ fire: bayarcash/transaction-success }]',
			/:2:9: vars\.a has/,
		],
		[
			'a variable with an environment',
			'vars: { a: "${env.NO}" }\nsteps: [{ fire: bayarcash/transaction-success }]',
			/:2:9: vars\.a /,
		],
		[
			'a variable in itself',
			'vars: { a: "${vars.a}" }\nsteps: [{ fire: bayarcash/transaction-success }]',
			/:2:9: vars\.a /,
		],
		[
			'the scenario',
			'set: { amount: "${vars.x}" }\nsteps: [{ fire: bayarcash/transaction-success }]',
			/:2:1: set has/,
		],
		[
			'its probe',
			'probe: { url: "${vars.x}" }\nsteps: [{ fire: bayarcash/transaction-success }]',
			/:2:1: probe has/,
		],
		[
			'a key',
			'steps: [{ fire: bayarcash/transaction-success, set: { "${vars.x}": 1 } }]',
			/step 1: set has/,
		],
		[
			'a header',
			'steps: [{ fire: bayarcash/transaction-success, header: { x: "${vars.x}" } }]',
			/step 1: header has/,
		],
		[
			'an expectation',
			'steps: [{ fire: bayarcash/transaction-success, expect: { body: { equals: [{ a: "${vars.x}" }] } } }]',
			/expect has/,
		],
		[
			'a command',
			'steps: [{ fire: bayarcash/transaction-success, probe: { command: "${vars.x}", changed: true } }]',
			/probe has/,
		],
		[
			'a target',
			'steps: [{ fire: bayarcash/transaction-success, to: "${env.BASE}/cb" }]',
			/step 1: to has/,
		],
	])('in %s', (_where, text, message) => {
		expect(problemOf(`name: a\n${text}`)).toMatch(message);
	});
});

describe('a setting of the scenario that reaches no step', () => {
	const scenario = (setting: string, fire = 'bayarcash/transaction-success') =>
		`name: a\n${setting}\nsteps: [{ fire: ${fire} }]`;

	test.each([
		[
			'set: { amuont: 5 }',
			/^test\.yaml:2:8: set\.amuont reaches no step: none of its events has a field "amuont"/,
		],
		['set: ["amuont=5"]', /^test\.yaml:2:1: set\.amuont reaches no step/],
		['encoding: xml', /^test\.yaml:2:1: encoding reaches no step: none has the encoding "xml"/],
		['auth: digest', /^test\.yaml:2:1: auth reaches no step/],
		[
			'variant: [form, nothing]',
			/^test\.yaml:2:1: variant reaches no step: none has the option "nothing"/,
		],
	])('%s', (setting, message) => {
		expect(problemOf(scenario(setting))).toMatch(message);
	});

	test('amount, where no event carries one', () => {
		expect(problemOf(scenario('amount: 5', 'bayarcash/dd-bank-approval-approved'))).toMatch(
			/^test\.yaml:2:1: amount reaches no step/,
		);
	});

	test('one that reaches one of its steps is a default', () => {
		const text =
			'name: a\nset: { payer_name: Ali }\nsteps: [{ fire: bayarcash/pre-transaction }, { fire: bayarcash/transaction-success }]';
		expect(problemOf(text)).toBe('(none)');
	});

	test('a mistyped field is told with the field that was meant', () => {
		expect(problemOf(scenario('set: { amuont: 5 }'))).toMatch(/amount/);
	});
});
