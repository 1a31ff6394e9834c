import type { Violation } from '../documents/violation.ts';
import type { OptionPatch } from '../model/message-forms.ts';
import { Problem } from '../model/problem.ts';
import type { MessageFile, ProviderFile } from '../model/provider.ts';
import { parseOwnRetry } from '../model/retry.ts';
import { templateFault } from '../model/template.ts';
import { claimFaults } from './claim-faults.ts';
import { fieldPaths } from './field-paths.ts';
import { wireFaults } from './wire-faults.ts';

const claimed = ['fields', 'values', 'write', 'acknowledge', 'retry'];

/** @param vars names of variables that the message's events have */
export function* messageFaults(
	message: MessageFile,
	vars: readonly string[],
	provider: ProviderFile,
): Generator<Violation> {
	const fields = fieldPaths(message);
	const rules: Rules = { fields, vars: new Set(vars), provider };
	for (const fault of claimFaults(message.claims, provider))
		yield { ...fault, pointer: `/claims${fault.pointer}` };
	const beside = (['signature', 'identity'] as const).filter((key) => message[key] !== undefined);
	for (const about of [...claimed, ...beside]) {
		if (message.claims[about] === undefined)
			yield { pointer: '/claims', what: `says nothing about "${about}"` };
	}
	for (const [role, paths] of Object.entries(message.roles)) {
		const unknown = [paths].flat().find((path) => !fields.has(path) && !rules.vars.has(path));
		if (unknown !== undefined)
			yield { pointer: `/roles/${role}`, what: `names "${unknown}", which is no field` };
	}
	for (const [stays, paths] of Object.entries(message.identity ?? {})) {
		const unknown = paths.find((path) => !fields.has(path) && !rules.vars.has(path));
		if (unknown !== undefined)
			yield { pointer: `/identity/${stays}`, what: `names "${unknown}", which is no field` };
	}
	const listed = Object.keys(message.unlisted ?? {}).find((path) => fields.has(path));
	if (listed !== undefined) yield { pointer: `/unlisted/${listed}`, what: 'is under "fields"' };
	if (message.serialParts !== undefined && message.roles.serial === undefined)
		yield { pointer: '/serialParts', what: 'is about a serial, which "roles" does not name' };
	const codePath = Object.keys(message.codes ?? {}).find((path) => !fields.has(path));
	if (codePath !== undefined) yield { pointer: `/codes/${codePath}`, what: 'is no field' };
	yield* partFaults(message, '', rules);
	yield* choiceFaults(message, rules);
	yield* wireFaults(message);
}

interface Rules {
	readonly fields: ReadonlySet<string>;
	readonly vars: ReadonlySet<string>;
	readonly provider: ProviderFile;
}

function* choiceFaults(message: MessageFile, rules: Rules): Generator<Violation> {
	const seen = new Set<string>();
	for (const [choice, options] of Object.entries(message.choices ?? {})) {
		for (const [option, patch] of Object.entries(options)) {
			const at = `/choices/${choice}/${option}`;
			if (seen.has(option))
				yield {
					pointer: at,
					what: 'is an option of another choice too; names are unique within a message',
				};
			seen.add(option);
			for (const fault of claimFaults(patch.claims ?? {}, rules.provider))
				yield { ...fault, pointer: `${at}/claims${fault.pointer}` };
			yield* partFaults(patch, at, rules);
		}
	}
}

/** What a message and an option of it have in common. */
function* partFaults(
	part: MessageFile | OptionPatch,
	at: string,
	{ fields, vars, provider }: Rules,
): Generator<Violation> {
	const credentials = Object.keys(provider.credentials);
	const known = (path: string) => fields.has(path) || vars.has(path);
	const { signature, digest } = part;
	for (const [pointer, name] of [
		['/signature/key', signature?.key],
		['/digest/username', digest?.username],
		['/digest/password', digest?.password],
	] as const) {
		if (name !== undefined && !credentials.includes(name)) {
			yield {
				pointer: `${at}${pointer}`,
				what: `names the credential "${name}", which is not under "credentials"`,
			};
		}
	}
	if (typeof signature?.over === 'object') {
		const missing = signature.over.fields.findIndex((field) => !fields.has(field));
		if (missing >= 0)
			yield {
				pointer: `${at}/signature/over/fields/${missing}`,
				what: `signs "${signature.over.fields[missing]}", which is no field`,
			};
	} else if (typeof signature?.over === 'string' && signature.over !== 'body') {
		// In a field it would have to sign itself.
		const isHeader = signature.into !== undefined && 'header' in signature.into;
		const canSign = (path: string) => known(path) || (isHeader && path === 'body');
		const what = templateFault(signature.over, canSign, credentials);
		if (what !== undefined) yield { pointer: `${at}/signature/over`, what };
	}
	for (const key of ['names', 'cast'] as const) {
		const stranger = Object.keys(part[key] ?? {}).find((path) => !fields.has(path));
		if (stranger !== undefined) yield { pointer: `${at}/${key}/${stranger}`, what: 'is no field' };
	}
	for (const key of ['headers', 'derive', 'fresh'] as const) {
		for (const [path, template] of Object.entries(part[key] ?? {})) {
			const what =
				key !== 'headers' && !known(path)
					? 'is no field'
					: templateFault(template, known, credentials);
			if (what !== undefined) yield { pointer: `${at}/${key}/${path}`, what };
		}
	}
	const retry = part.retry === undefined ? undefined : retryFault(part.retry);
	if (retry !== undefined) yield { pointer: `${at}/retry`, what: retry };
}

function retryFault(retry: string): string | undefined {
	try {
		parseOwnRetry(retry);
		return undefined;
	} catch (error) {
		if (error instanceof Problem) return error.message.replace(/^retry /, '');
		throw error;
	}
}
