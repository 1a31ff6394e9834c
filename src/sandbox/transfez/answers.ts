import { jsonText } from '../../compose/write-json.ts';
import type { Value } from '../../model/value.ts';
import type { Box, Call, Reply } from '../provider.ts';
import { facts, type TextName } from './facts.ts';

/** Numbers as they are to be written: `10000.0` stays. */
export const json = (status: number, value: Value, headers = {}): Reply => ({
	status,
	headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
	text: jsonText(value),
});

export const ok = (data: Value): Reply => json(200, { status: 200, data });

export function refused(name: 'unauthorized' | 'login' | 'malformed' | 'not-found'): Reply {
	const { status, body } = facts.errors[name];
	return json(status, body);
}

/** One of the provider's texts; `text` where the circumstances change it. */
export interface Wrong {
	readonly name: TextName;
	readonly text?: string | undefined;
}

/** 422 in one of two forms. */
export function unprocessable(wrong: readonly Wrong[], call: Call, box: Box): Reply {
	const errors = wrong.map(({ name, text }) => {
		const { code, text: usual } = facts.texts[name];
		return { code, message: text ?? usual };
	});
	for (const { message } of errors) call.note(message);
	const { status } = facts.errors.unprocessable;
	return box.settings.variants.includes('validation-errors')
		? accountError(errors.map(({ message }) => message).join(', '))
		: json(status, { errors });
}

/** The form of account validation. */
export function accountError(errors: string): Reply {
	const { status, message } = facts.errors['bank-account'];
	return json(status, { status, data: { error_message: message, errors } });
}
