import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { readCheckSettings } from '../../src/cli/options/check-flags.ts';
import type { TypedFlags } from '../../src/cli/options/flag.ts';
import { readSettings } from '../../src/cli/options/settings-flags.ts';
import { assignmentsOf } from '../../src/compose/assignment.ts';
import { headersFrom } from '../../src/compose/headers.ts';
import { seededRandom } from '../../src/compose/seeded-random.ts';
import { checkSettings, shopInForce } from '../../src/project/check-settings.ts';
import { inForce } from '../../src/project/in-force.ts';
import { parsedProject } from '../../src/project/parse-project.ts';
import { headersOf } from '../../src/settings/composing.ts';
import type { EngineContext } from '../../src/settings/engine-context.ts';
import { catalogue, eventOf } from '../support/catalogue.ts';
import { virtualClock } from '../support/virtual-clock.ts';

const worldWith = (env: Record<string, string>): EngineContext => ({
	env,
	cwd: '/',
	stdin: Readable.from([]),
	clock: virtualClock(),
	random: seededRandom('x'),
	interruption: () => new AbortController().signal,
	version: 'test',
	cataloguePath: '',
	note: () => undefined,
	learn: () => undefined,
	mask: (text) => text,
});
const projectOf = (text: string) =>
	parsedProject(text, { file: 'callsim.yaml', folder: '/p', path: '/p/callsim.yaml' });
const of = (
	text: string,
	event = 'bayarcash/transaction-success',
	flags: TypedFlags = {},
	env: Record<string, string> = {},
) => inForce(readSettings(flags), projectOf(text), eventOf(event), worldWith(env));

const whole =
	'targets: { bayarcash: ":1/p" }\nreturnTargets: { bayarcash: ":1/r" }\nspeed: 10\ntimeout: 10s\nschedule: 1x1s';
const environment = {
	CALLSIM_TO: ':2/p',
	CALLSIM_RETURN_TO: ':2/r',
	CALLSIM_SPEED: '20',
	CALLSIM_TIMEOUT: '20s',
	CALLSIM_RETRY: '2x1s',
};
const flags = { to: ':3/p', returnTo: ':3/r', speed: '30', timeout: '30s', retry: '3x1s' };

describe('what is in force', () => {
	test('flags are stronger than the environment, that than the project file', () => {
		expect(of(whole)).toEqual(
			readSettings({ to: ':1/p', returnTo: ':1/r', speed: '10', timeout: '10s', retry: '1x1s' }),
		);
		expect(of(whole, undefined, {}, environment)).toEqual(
			readSettings({ to: ':2/p', returnTo: ':2/r', speed: '20', timeout: '20s', retry: '2x1s' }),
		);
		expect(of(whole, undefined, flags, environment)).toEqual(readSettings(flags));
		expect(of('')).toEqual({});
	});

	test('an empty variable says nothing', () => {
		expect(of(whole, undefined, {}, { CALLSIM_TO: '', CALLSIM_SPEED: '' })).toMatchObject(
			readSettings({ to: ':1/p', speed: '10' }),
		);
	});

	test('a variable that means nothing is told by its name, unless something stronger is said', () => {
		expect(() => of(whole, undefined, {}, { CALLSIM_TIMEOUT: '5x' })).toThrow(
			'CALLSIM_TIMEOUT "5x" is not a duration',
		);
		expect(of(whole, undefined, flags, { CALLSIM_TIMEOUT: '5x' })).toEqual(readSettings(flags));
	});

	test('--real-time is a speed, wherever another was said', () => {
		expect(of(whole, undefined, { realTime: true }, environment)).toMatchObject({ speed: 1 });
	});

	test('an event is nearer than its provider', () => {
		const text = 'targets: { bayarcash: ":1/a", bayarcash/receipt-success: ":1/b", iak: ":1/c" }';
		expect(of(text).to?.href).toBe('http://localhost:1/a');
		expect(of(text, 'bayarcash/receipt-success').to?.href).toBe('http://localhost:1/b');
		expect(of(text, 'iak/pulsa-success').to?.href).toBe('http://localhost:1/c');
		expect(of(text, 'khoins/transaction-success').to).toBeUndefined();
	});

	test('values reach the events that carry the field, numbers as they are written', () => {
		const text =
			'values:\n  bayarcash: { amount: 75.50, payer_name: null }\n  bayarcash/transaction-failed: { amount: 1.00 }';
		expect(of(text).set).toEqual(assignmentsOf(['amount=75.50', 'payer_name:=null'], 'set'));
		expect(of(text, 'bayarcash/transaction-failed').set).toEqual(
			assignmentsOf(['amount=75.50', 'payer_name:=null', 'amount=1.00'], 'set'),
		);
		expect(of(text, 'bayarcash/pre-transaction').set).toBeUndefined();
		expect(of(text, 'iak/pulsa-success').set).toBeUndefined();
	});

	test('a header by reference is read, from the environment or from a file beside the project file', () => {
		const sent = (text: string, env: Record<string, string> = {}) =>
			headersOf(of(text), worldWith(env)).map(({ name, value, shown }) => [name, value, shown]);
		expect(sent('headers: { x-a: one, x-b: "env:B" }', { B: 'two' })).toEqual([
			['x-b', 'two', '[masked]'],
			['x-a', 'one', 'one'],
		]);
		expect(() => sent('headers: { authorization: "env:AUTH" }')).toThrow(
			'the environment has no AUTH',
		);
		expect(() => sent('headers: { authorization: "file:auth.txt" }')).toThrow(
			'cannot read "/p/auth.txt"',
		);
	});

	test('a header of the command line takes the place of the project file’s of that name', () => {
		expect(
			of('headers: { x-a: one, x-b: two }', undefined, { header: ['X-A: three'] }).headers,
		).toEqual(headersFrom(['x-b: two', 'X-A: three']));
	});
});

describe('for check', () => {
	const checked = (text: string, given: TypedFlags = {}) => {
		const event = eventOf('bayarcash/transaction-success');
		return checkSettings(
			readCheckSettings(given, shopInForce(projectOf(text))),
			event.provider,
			catalogue.events,
			projectOf(text),
			worldWith({}),
		);
	};

	test('target, headers, timeout, probe and setup of the project file are in force', () => {
		const text = `${whole}\nheaders: { x-a: one }\nprobe: { url: "http://x/{reference}" }\nsetup: { command: "make {reference}" }`;
		expect(checked(text)).toEqual({
			...readSettings({ to: ':1/p', returnTo: ':1/r', timeout: '10s', header: ['x-a: one'] }),
			probe: { kind: 'url', url: 'http://x/{reference}' },
			setup: { kind: 'command', command: 'make {reference}' },
		});
	});

	test('flags are stronger, also where they say the other way', () => {
		const text = 'probe: { url: "http://x/{reference}" }\nsetup: { url: "http://x/{reference}" }';
		expect(checked(text, { probeCommand: 'show', setupCommand: 'make' })).toEqual({
			probe: { kind: 'command', command: 'show' },
			setup: { kind: 'command', command: 'make' },
		});
	});
});
