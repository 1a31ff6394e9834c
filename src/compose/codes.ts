import { own } from '../model/own.ts';
import type { MessageFile } from '../model/provider.ts';
import type { Value, ValueObject } from '../model/value.ts';
import type { Draft } from './override.ts';
import { segmentsOf, valueAt, withValue } from './path.ts';
import { phpText } from './print-value.ts';

/** Fields that follow a code which the user set: Transfez' error_message. One set by hand stays. */
export function followCodes(draft: Draft, message: MessageFile): Draft {
	let { values } = draft;
	for (const [path, meanings] of Object.entries(message.codes ?? {})) {
		if (!draft.byHand.has(path)) continue;
		const sets = own(meanings, textAt(values, path))?.sets ?? {};
		for (const [target, value] of Object.entries(sets)) {
			if (!draft.byHand.has(target)) values = withValue(values, segmentsOf(target), value);
		}
	}
	return { ...draft, values };
}

/** A body whose code, state and text contradict each other is sent as asked, but not in silence. */
export function codeWarnings(message: MessageFile, values: ValueObject, raw: boolean): string[] {
	if (raw) return [];
	return Object.entries(message.codes ?? {}).flatMap(([path, meanings]) => {
		if (valueAt(values, segmentsOf(path)) == null) return [];
		const code = textAt(values, path);
		const meaning = own(meanings, code);
		if (meaning === undefined) return [`${path} "${code}" is none of the documented codes`];
		const said = `${path} "${code}" means ${meaning.title}`;
		const wrong = Object.entries(meaning.with ?? {}).filter(
			([other, wanted]) => textAt(values, other) !== wanted,
		);
		const forbidden = Object.entries(meaning.not ?? {}).filter(
			([other, unwanted]) => textAt(values, other) === unwanted,
		);
		return [
			...wrong.map(
				([other, wanted]) =>
					`${said}: ${other} "${wanted}" goes with it, not "${textAt(values, other)}"`,
			),
			...forbidden.map(([other, unwanted]) => `${said}: ${other} "${unwanted}" contradicts it`),
		];
	});
}

function textAt(values: ValueObject, path: string): string {
	const value: Value | undefined = valueAt(values, segmentsOf(path));
	return typeof value === 'object' ? '' : phpText(value, path);
}
