import { own } from '../model/own.ts';
import { Problem } from '../model/problem.ts';
import type { CallbackEvent } from '../model/provider.ts';
import { findField } from './find-field.ts';
import { choicesOf, choose, type WantedOptions } from './options.ts';
import { segmentsOf, valueAt } from './path.ts';

/** Whether an event has that field under the chosen options: for defaults of many events. */
export function carriesField(event: CallbackEvent, path: string, picks?: WantedOptions): boolean {
	const { message, values, vars } = choose(event, picks);
	const templates = Object.values({ ...message.derive, ...event.file.derive });
	try {
		findField(path, { values, vars }, { event: event.id, message, sample: values, templates });
		return true;
	} catch (error) {
		if (error instanceof Problem && error.code === 'path-unknown') return false;
		throw error;
	}
}

export function carriesRole(event: CallbackEvent, role: 'reference' | 'amount'): boolean {
	const path = event.message.roles[role];
	if (path === undefined) return false;
	const { values, vars } = choose(event);
	return (valueAt(values, segmentsOf(path)) ?? valueAt(vars, segmentsOf(path))) !== undefined;
}

export function hasOption(event: CallbackEvent, option: string): boolean {
	return Object.values(choicesOf(event.message)).some((options) => options.includes(option));
}

export function hasChoice(event: CallbackEvent, choice: string, option: string): boolean {
	return own(choicesOf(event.message), choice)?.includes(option) === true;
}
