import { resolve as resolvePath } from 'node:path';
import { assignmentTexts, headerTexts } from '../engine/flag-texts.ts';
import type { DeliveryFlags } from '../engine/flags.ts';
import { Problem } from '../model/problem.ts';
import type { ScenarioFile, StepFile } from '../model/scenario.ts';
import type { Value } from '../model/value.ts';
import { textOf } from '../model/value-text.ts';

/** What a step, or a scenario for all of its steps, says as `fire` says it with flags. */
export type Said = Omit<
	Pick<StepFile, Extract<keyof StepFile, keyof ScenarioFile>>,
	'name' | 'shuffle' | 'steps' | 'probe' | 'setup'
>;

/**
 * A step's words as the flags of `fire`, so that both mean the same request.
 *
 * @param folder for `@file`
 * @param written as the scenario has it, before names were filled in: a receiver's answer must not become the name of a file
 * @throws Problem `usage`
 */
export function flagsOf(said: Said, folder: string, written: Said = said): DeliveryFlags {
	const isFile = String(written.body).startsWith('@');
	const body = text(said.body);
	if (written.rawBody !== undefined && !written.rawBody.startsWith('@'))
		throw new Problem('usage', 'rawBody is a file: @name', {
			hint: 'Write rawBody: "@name", from the folder of the scenario.',
		});
	const flags: Record<string, unknown> = {
		ref: text(said.ref),
		amount: text(said.amount),
		set: assignmentTexts(said.set),
		add: assignmentTexts(said.add),
		unset: said.unset === undefined ? undefined : [said.unset].flat(),
		body: isFile ? besides(body, folder) : undefined,
		own: isFile || body === undefined ? undefined : { body },
		rawBody: besides(said.rawBody, folder),
		variant: said.variant === undefined ? undefined : [said.variant].flat(),
		encoding: said.encoding,
		auth: said.auth,
		fresh: said.fresh,
		tamper: assignmentTexts(said.tamper),
		unsigned: said.unsigned,
		wrongKey: said.wrongKey,
		header: headerTexts(said.header),
		to: said.to,
		returnTo: said.returnTo,
		retry: said.retry,
		speed: text(said.speed),
		realTime: said.realTime,
		timeout: text(said.timeout),
		delay: text(said.delay),
		duplicate: text(said.duplicate),
		insecure: said.insecure,
		allowRemote: said.allowRemote,
		waitFor: text(said.waitFor),
	};
	return Object.fromEntries(Object.entries(flags).filter(([, value]) => value !== undefined));
}

const text = (value: unknown): string | undefined => (value === undefined ? undefined : textOf(value as Value));

/** A file of the scenario's stands beside it, wherever it is run from. */
function besides(given: string | undefined, folder: string): string | undefined {
	return given?.startsWith('@') === true ? `@${resolvePath(folder, given.slice(1))}` : given;
}
