import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { test } from 'vitest';
import { parse, stringify } from 'yaml';
import { readScenario } from '../../src/catalogue/read-scenario.ts';
import { fireLine } from '../../src/cli/options/print.ts';
import { readSettings } from '../../src/cli/options/settings-flags.ts';
import { flagWords } from '../../src/cli/options/words.ts';
import { seededRandom } from '../../src/compose/seeded-random.ts';
import { networkPorts } from '../../src/engine/ports.ts';
import { checkProject } from '../../src/project/check-project.ts';
import { settingsBeside } from '../../src/project/in-force.ts';
import { parsedProject } from '../../src/project/parse-project.ts';
import { settingsTold } from '../../src/project/settings-told.ts';
import { scenarioFaults } from '../../src/scenario/check-scenario.ts';
import { planned } from '../../src/scenario/plan.ts';
import { rehearseAll } from '../../src/scenario/rehearse.ts';
import type { EngineContext } from '../../src/settings/engine-context.ts';
import { catalogue, fixtures } from '../support/catalogue.ts';
import { anyText, type Json, mutated } from '../support/mutations.ts';
import { fuzzRuns, problemOr } from '../support/only-problems.ts';
import { virtualClock } from '../support/virtual-clock.ts';

const context: EngineContext = {
	env: { PORT: '3000' },
	cwd: '/',
	stdin: Readable.from([]),
	clock: virtualClock(),
	random: seededRandom('files'),
	interruption: () => new AbortController().signal,
	version: 'test',
	cataloguePath: '',
	note: () => undefined,
	learn: () => undefined,
	mask: (text) => text,
};

/** As far as `run` goes before it sends anything. */
async function rehearseStep(text: string): Promise<void> {
	await problemOr(async () => {
		const document = readScenario('fuzz.yaml', text);
		const scenario = planned(document.value.name, document, catalogue);
		const against = { env: context.env, hasReceiver: true, canProbe: true, hasSandbox: true };
		const faults = [...scenarioFaults(scenario, against)];
		const network = networkPorts(context);
		const { attemptWith, shopWith } = network;
		await rehearseAll(
			[scenario],
			{ context, clock: context.clock, attemptWith, shopWith, print: fireLine, say: flagWords },
			{
				run: 'fuzz',
				seed: '1',
				now: 1_800_000_000_000,
				settings: {
					settings: readSettings({ to: 'http://127.0.0.1:9/cb' }),
					defaultsFor: () => ({}),
					inPlay: catalogue.providers,
				},
				bail: false,
				jobs: 1,
			},
			[faults],
			// No name is asked for.
			async () => [],
		);
	});
}

/** As far as every command goes before it does what it is for. */
async function read(text: string): Promise<void> {
	await problemOr(() => {
		const project = parsedProject(text, {
			file: 'callsim.yaml',
			folder: '/p',
			path: '/p/callsim.yaml',
		});
		checkProject(project, catalogue);
		settingsTold({}, project, catalogue, context);
		for (const event of catalogue.events.filter((_, at) => at % 9 === 0))
			settingsBeside(project, event, context);
	});
}

const shipped = readdirSync(fixtures).flatMap((id) =>
	readdirSync(join(fixtures, id, 'scenarios')).map((name) =>
		readFileSync(join(fixtures, id, 'scenarios', name), 'utf8'),
	),
);
/** Uses what the shipped ones do not. */
const everything = `
name: every key
provider: bayarcash
vars: { a: 1, b: { c: ["\${vars.a}", x] }, d: "\${env.PORT}-\${seq}-\${run}" }
set: { payer_name: "\${vars.d}" }
header: { x-test: "\${vars.a}" }
probe: { url: "http://127.0.0.1:9/{reference}?\${vars.a}", within: 1s }
setup: { command: "./order {reference} {amount}" }
steps:
  - fire: transaction-success
    id: first
    expect: { status: [200, 2xx], body: { contains: a, matches: ["^x"], equals: { a: 1 } }, header: { a: 1 }, within: 1s }
    probe: [{ equals: { "a.b[0]": 1 } }, { changed: true, ignore: [x] }]
  - parallel:
      - { fire: transaction-failed, variant: json, after: 1m, repeat: 2, tamper: { amount: 5 } }
      - steps: [{ fire: receipt-success, ref: "\${steps.first.request.order_number}", expect: { ifConfigured: true } }]
  - shuffle: [{ fire: pre-transaction, retry: 2x1s, add: { x: { y: 1.50 } }, unset: [currency] }]
    seed: 5
  - { fire: transaction-success, body: '{"amount":"1.00"}', receiver: { stoppedFor: 5m }, fresh: true }
`;
const project = `
targets: { bayarcash: "http://127.0.0.1:3000/cb", iak/pulsa-success: "http://127.0.0.1:3001" }
returnTargets: { bayarcash: "http://127.0.0.1:3000/done" }
credentials: { bayarcash: { secret_key: env:PORT } }
headers: { x-test: a, authorization: env:PORT }
timeout: 30s
speed: 100
schedule: 5x300s
values: { bayarcash: { amount: "5.00", payer_name: { a: [1] } }, iak/pulsa-success: { price: 5 } }
scenarios: [scenarios/, a.yaml]
providers: ./providers
probe: { url: "http://127.0.0.1:3000/{reference}" }
setup: { command: "./order {reference}" }
`;

const asText = (value: Json): fc.Arbitrary<string> =>
	fc.constantFrom(JSON.stringify(value), stringify(value, { lineWidth: 0 }));

/** The text itself, with a stretch of it gone or otherwise. */
const torn = (text: string): fc.Arbitrary<string> =>
	fc
		.tuple(
			fc.nat(text.length),
			fc.nat(8),
			fc.oneof(
				anyText,
				fc.constantFrom(
					'*a',
					'&a ',
					'? ',
					'!!set ',
					'<<: ',
					'%YAML 1.1\n---\n',
					'- ',
					'{',
					'[',
					': ',
					'\t',
					'|',
					'>',
				),
			),
		)
		.map(([at, length, put]) => text.slice(0, at) + put + text.slice(at + length));

const differing = (...texts: readonly string[]): fc.Arbitrary<string> =>
	fc.oneof(
		mutated(...texts.map((text) => parse(text) as Json)).chain(asText),
		fc.constantFrom(...texts).chain(torn),
		anyText,
	);

test('a scenario that differs in anything is rehearseStep, or refused with a problem', async () => {
	await fc.assert(
		fc.asyncProperty(fc.oneof(differing(everything), differing(...shipped)), rehearseStep),
		fuzzRuns(150),
	);
}, 3_600_000);

test('a project file that differs in anything is read, or refused with a problem', async () => {
	await fc.assert(fc.asyncProperty(differing(project), read), fuzzRuns(200));
}, 3_600_000);
