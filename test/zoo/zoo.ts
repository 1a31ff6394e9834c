import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import sqlite from 'node-sqlite3-wasm';
import { describe, type ExpectStatic, expect, test, vi } from 'vitest';
import { speed } from '../support/hurried-clock.ts';
import { isLong } from '../support/long.ts';
import { callsim } from '../support/run-cli.ts';
// @ts-expect-error the zoo is plain JavaScript, as receivers are
import { createShop } from './shop.js';
// @ts-expect-error the zoo is plain JavaScript, as receivers are
import { startShop } from './start.js';

/** A receiver of the zoo, and what is wrong with it. */
interface Exhibit {
	readonly mistake: string;
	/** The rule that has to find it. */
	readonly rule: string;
	receiver(shop: unknown, keys: unknown): unknown;
}

interface RuleLine {
	readonly type: string;
	readonly rule: string;
	readonly level: string;
	readonly verdict: string;
	readonly reason: string;
	readonly reproduce: string;
	readonly evidence: readonly { readonly case: string }[];
}

interface Shop {
	create(reference: string, amount: string): unknown;
	show(reference: string): unknown;
}

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Rules whose worst verdict is a warning, because nobody documents what is right. */
const onlyWarn = new Set(['answer-time', 'answer-status', 'numbers', 'price-trusted/iak']);

/** Receivers that let one wait for seconds. */
const slow = new Set(['answers-after-supplier-call.js']);

/** What a careful receiver may decide for itself. */
const styles = [{ refusal: 403, unknown: 404, json: true }, {}, { refusal: 400, unknown: 200 }];

/**
 * Every mistake is found by its rule, and a careful receiver has none; the table of both is a file. `npm test` has one
 * careful receiver, and one mistake of each family of rules.
 */
export async function describeZoo(provider: string): Promise<void> {
	const all = readdirSync(here(provider)).filter(
		(file) => file.endsWith('.js') && !file.startsWith('_'),
	);
	const names = isLong ? all : await oneOfEachFamily(provider, all);
	const rows: string[] = [];

	// In this order: the table at the end is made of what the tests before it saw.
	describe(`the zoo of ${provider}`, { shuffle: false }, () => {
		test.each(isLong ? styles : styles.slice(0, 1))(
			'fails no rule on the careful receiver in the style %j',
			async (style) => {
				const { schema, receiver } = await import(here(`careful/${provider}.js`));
				const database = new sqlite.Database();
				database.exec(schema);
				const shop: Shop = {
					create: (reference, amount) =>
						database.run('insert or replace into orders (reference, amount) values (?, ?)', [
							reference,
							amount,
						]),
					show: (reference) =>
						database.get('select * from orders where reference = ?', [reference]) ?? undefined,
				};
				const { rules, code } = await checked(
					provider,
					(_: unknown, keys: unknown) => receiver(database, keys, style),
					shop,
					true,
				);
				expect(
					rules.filter(({ verdict }) => verdict === 'failed' || verdict === 'inconclusive'),
				).toEqual([]);
				expect(
					rules.filter(({ verdict, level }) => verdict === 'warned' && level !== 'advice'),
				).toEqual([]);
				expect(rules.filter(({ verdict }) => verdict === 'passed').length).toBeGreaterThan(40);
				expect(code).toBe(0);
				database.close();
			},
		);

		const found = async (
			file: string,
			{ expect }: { readonly expect: ExpectStatic },
			shop?: Shop,
		) => {
			const { mistake, rule, receiver }: Exhibit = await import(here(`${provider}/${file}`));
			// 200 ms on the wall.
			const flags = ['--only', rule, '--settle', `${200 * speed}ms`];
			const { rules } = await checked(
				provider,
				receiver,
				shop,
				/^(return-|manual-)/.test(rule),
				flags,
			);
			expect(rules.map((line) => line.rule)).toEqual([rule]);
			const verdict = rules[0]?.verdict ?? 'missing';
			expect(verdict, rules[0]?.reason).toBe(
				onlyWarn.has(rule) || onlyWarn.has(`${rule}/${provider}`) ? 'warned' : 'failed',
			);
			rows.push(
				`| [${file.slice(0, -3)}](../../test/zoo/${provider}/${file}) | ${mistake} | \`${rule}\` | ${verdict} |`,
			);
		};

		// Most of the time they wait for receivers to come to rest: that they can do together.
		test.concurrent.for(names.filter((file) => !slow.has(file)))(
			'finds the mistake of %s by the rule meant for it',
			(file, context) => found(file, context),
		);

		test.for(names.filter((file) => slow.has(file)))(
			'finds the mistake of %s by the rule meant for it, with time to spare',
			(file, context) => found(file, context, hurried()),
		);

		if (!isLong) return;
		test('is told in a table that is up to date', async (context) => {
			if (rows.length < names.length) context.skip('a filtered run has seen only a part');
			const head = `# Mistakes of receivers for ${provider}, and what found them\n\nWritten by the tests of \`test/zoo\`; \`npm run test:long -- -u\` writes it anew. Each is a receiver with one mistake, and\nthe rule is the one that has to find it.\n\n| receiver | mistake | rule | verdict |\n|---|---|---|---|\n`;
			await expect(`${head}${rows.toSorted().join('\n')}\n`).toMatchFileSnapshot(
				`../../docs/zoo/${provider}.md`,
			);
		});
	});
}

/** A family of rules is a file; a rule that is made by a loop is one of its own. */
async function oneOfEachFamily(provider: string, files: readonly string[]): Promise<string[]> {
	const families = readdirSync(here('../../src/check/rules')).map((name) =>
		readFileSync(here(`../../src/check/rules/${name}`), 'utf8'),
	);
	const first = new Map<unknown, string>();
	for (const file of files) {
		const { rule }: Exhibit = await import(here(`${provider}/${file}`));
		const family = families.find((text) => text.includes(`id: '${rule}'`)) ?? rule;
		if (!first.has(family)) first.set(family, file);
	}
	return [...first.values()];
}

/** A shop, and a clock beside it, for which time goes twenty times as fast: nobody has to wait for seconds. */
function hurried(): Shop {
	// A process of its own has a clock of its own.
	const speed = process.env['CALLSIM_NODE'] === undefined ? 20 : 1;
	const now = process.hrtime.bigint.bind(process.hrtime);
	const start = now();
	vi.spyOn(process.hrtime, 'bigint').mockImplementation(
		() => start + (now() - start) * BigInt(speed),
	);
	return createShop(speed);
}

async function checked(
	provider: string,
	receiver: unknown,
	shop: Shop | undefined,
	withReturn: boolean,
	flags: readonly string[] = [],
): Promise<{ rules: RuleLine[]; code: number | null }> {
	const { url, stop } = await startShop(provider, receiver, ...(shop === undefined ? [] : [shop]));
	try {
		const { stdout, stderr, code } = await callsim([
			...['check', provider, '--to', `${url}/callback`, '--json', '--fail-on', 'should'],
			...(withReturn && provider === 'bayarcash' ? ['--return-to', `${url}/return`] : []),
			...[
				'--setup-url',
				`${url}/setup/{reference}?amount={amount}`,
				'--probe-url',
				`${url}/orders/{reference}`,
			],
			...flags,
		]);
		if (stdout === '') throw new Error(`check ended with ${code}: ${stderr}`);
		const lines = stdout
			.trim()
			.split('\n')
			.map((line) => JSON.parse(line) as RuleLine);
		return { rules: lines.filter(({ type }) => type === 'rule'), code };
	} finally {
		await stop();
	}
}
