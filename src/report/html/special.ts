import { shellWords } from '../../capture/wrappings/shell-words.ts';
import type { Case } from '../run-report.ts';
import type { PlacedCase } from './places.ts';

/**
 * What tells a case from others of its suite that are called the same: the settings of the line that
 * repeats it which not all of them have. Nothing where it is alone, or the plain one.
 */
export function specialOf({ judged, suite }: Pick<PlacedCase, 'judged' | 'suite'>): string {
	const alike = suite.cases.filter((one) => calledOf(one) === calledOf(judged));
	if (alike.length < 2) return '';
	const others = alike.filter((one) => one !== judged).map((one) => new Set(settingsOf(one)));
	return settingsOf(judged)
		.filter((setting) => !others.every((all) => all.has(setting)))
		.join(' ');
}

/** Without the number of the step. */
const calledOf = ({ name }: Case): string => name.replace(/^\d+\S* /, '');

/** What is drawn anew for each run, and where it goes: that it differs says nothing of the step. */
const nothingSpecial = /^--(seed|now|fresh|to|return-to|speed|providers)\b/;

/** `--set status=2`, `--wrong-key`. */
function settingsOf({ reproduce = '' }: Case): string[] {
	const words = shellWords(reproduce.split('\n')[0] ?? '') ?? [];
	const settings: string[] = [];
	for (const word of words) {
		if (word.startsWith('--')) settings.push(word);
		else if (settings.length > 0) settings.push(`${settings.pop()} ${word}`);
	}
	return settings.filter((setting) => !nothingSpecial.test(setting));
}
