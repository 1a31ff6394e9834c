import { readFileSync, writeFileSync } from 'node:fs';
import { rules } from '../src/check/rules/index.ts';
import { flagWords } from '../src/cli/options/words.ts';
import type { RuleInfo } from '../src/model/rule-record.ts';
import { inWords } from '../src/model/words.ts';

const begin = '<!-- generated from the rules by "npm run readme" -->';

/** Rewrites the list of rules behind the text of docs/check.md, or says that it is out of date. */
export function updateRules(file: string, checkOnly: boolean): boolean {
	const text = readFileSync(file, 'utf8');
	const [before] = text.split(begin);
	if (before === undefined || before === text) throw new Error(`${file} has no generated part`);
	const updated = `${before}${begin}\n\n${rules.map(told).join('\n')}`;
	if (updated === text) return true;
	if (!checkOnly) writeFileSync(file, updated);
	return !checkOnly;
}

function told({ id, level, levels, title, providers, why, hint, source, slow }: RuleInfo): string {
	const weights = Object.entries(levels ?? {}).map(
		([provider, weight]) => `${weight} for ${provider}`,
	);
	const facts = [
		level,
		...weights,
		...(providers ?? []),
		...(slow === true ? ['`--slow`'] : []),
	].join(' · ');
	const where = source === null ? '' : ` ([source](${source}))`;
	return `### ${id}\n\n${facts}\n\n${title}. ${why}${where}\n\n*Mend:* ${inWords(hint, flagWords)}\n`;
}
