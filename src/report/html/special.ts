import { shellWords } from '../../capture/wrappings/shell-words.ts';
import type { Case, Suite } from '../run-report.ts';
import type { PlacedCase } from './places.ts';

/**
 * What tells a case from others of its suite that are called the same: the settings of the line
 * that repeats it which not all of them have. Nothing where it is alone, or the plain one.
 */
export function specialOf({ judged, suite }: Pick<PlacedCase, 'judged' | 'suite'>): string {
	const shared = sharedIn(suite).get(calledOf(judged));
	const own = settingsOf(judged).filter((setting) => shared?.has(setting) === false);
	return own.join(' ');
}

type Shared = ReadonlyMap<string, ReadonlySet<string>>;

/** Suites of thousands are asked for each of their cases. */
const sharedOnce = new WeakMap<Suite, Shared>();

/** Name → what all cases of that name have in common. */
function sharedIn(suite: Suite): Shared {
	const known = sharedOnce.get(suite);
	if (known !== undefined) return known;
	const shared = new Map<string, ReadonlySet<string>>();
	for (const one of suite.cases) {
		const own = settingsOf(one);
		const others = shared.get(calledOf(one));
		shared.set(
			calledOf(one),
			new Set(others === undefined ? own : own.filter((setting) => others.has(setting))),
		);
	}
	sharedOnce.set(suite, shared);
	return shared;
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
