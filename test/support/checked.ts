import type { Clock } from '../../src/model/clock.ts';
import { callsim } from './run-cli.ts';

export interface RuleLine {
	readonly type: string;
	readonly rule: string;
	readonly verdict: string;
	readonly reason: string;
	readonly hint: string;
	readonly level: string;
	readonly reproduce: string;
	readonly exitCode: number;
	readonly evidence: readonly { readonly log?: string }[];
}

/** What `check` says of each rule. */
export async function checked(
	origin: string,
	flags: readonly string[] = [],
	clock?: Clock,
	provider = 'bayarcash',
) {
	const args = ['check', provider, '--to', `${origin}/callback`, '--json', ...flags];
	const { stdout, code } = await callsim(args, { clock });
	const lines = stdout
		.trim()
		.split('\n')
		.map((line) => JSON.parse(line) as RuleLine);
	const rules = lines.filter(({ type }) => type === 'rule');
	const of = (verdict: string) =>
		rules.filter((line) => line.verdict === verdict).map(({ rule }) => rule);
	return { code, rules, of, ruleOf: (id: string) => rules.find(({ rule }) => rule === id) };
}
