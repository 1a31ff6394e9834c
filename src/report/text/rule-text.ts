import type { ChalkInstance } from 'chalk';
import type { RuleInfo } from '../../model/rule-record.ts';

/** `check --list`. */
export function rulesListed(rules: readonly RuleInfo[], paint: ChalkInstance): string {
	const longest = Math.max(...rules.map(({ id }) => id.length));
	const lines = rules.map(({ id, level, title, providers, slow }) => {
		const whom = providers === undefined ? '' : paint.dim(` (${providers.join(', ')})`);
		return `${paint.bold(id.padEnd(longest))}  ${level.padEnd(6)}  ${title}${whom}${slow === true ? paint.dim(' --slow') : ''}`;
	});
	return `${lines.join('\n')}\n\n${rules.length} rules; callsim check --explain <rule> teaches one\n`;
}

/** `check --explain`: one rule, for somebody who has just failed it. */
export function ruleExplained(
	{ id, level, title, providers, why, hint, source, slow }: RuleInfo,
	paint: ChalkInstance,
): string {
	const lines = [
		`${paint.bold(id)} (${level})${slow === true ? ', only with --slow' : ''}`,
		`  ${title}.`,
		'',
		`  ${paint.dim('about')}   ${providers === undefined ? 'every provider' : providers.join(', ')}`,
		`  ${paint.dim('why')}     ${why}`,
		`  ${paint.dim('fix')}     ${hint}`,
		...(source === null ? [] : [`  ${paint.dim('source')}  ${source}`]),
	];
	return `${lines.join('\n')}\n`;
}
