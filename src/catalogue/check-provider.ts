import type { Violation } from '../documents/violation.ts';
import { keyBytes, keyFormOf } from '../model/key-form.ts';
import { own } from '../model/own.ts';
import { Problem } from '../model/problem.ts';
import type { ProviderBundle } from './catalogue.ts';
import { eventFaults } from './event-faults.ts';
import { lifecycleFaults } from './lifecycle-faults.ts';
import { messageFaults } from './message-faults.ts';
import { fixtureProblem } from './validate.ts';

/** Something in a folder that does not fit the rest of it. */
interface Fault extends Violation {
	/** `provider`, or the name of an event: whose file it is in. */
	readonly of: string;
}

/**
 * What a schema cannot say: names that must exist elsewhere in the folder.
 * @param sources the text of `provider` and of every event, to point at the line
 * @throws Problem `fixture-invalid`
 */
export function checkProvider(
	bundle: ProviderBundle,
	sources: ReadonlyMap<string, { file: string; text: string }>,
): void {
	for (const { of, pointer, what } of faultsIn(bundle)) {
		const source = sources.get(of);
		if (source === undefined)
			throw new Problem('fixture-invalid', `${bundle.provider.id}: ${what}`);
		throw fixtureProblem(source.file, source.text, pointer, what);
	}
}

function* faultsIn({ provider, events }: ProviderBundle): Generator<Fault> {
	for (const [name, credential] of Object.entries(provider.credentials)) {
		const form = keyFormOf(credential);
		const at = `/credentials/${name}`;
		if (form !== undefined && keyBytes(credential.simulator, form) === undefined)
			yield { of: 'provider', pointer: `${at}/simulator`, what: `is not ${form.kind}` };
		if (form === undefined && credential.prefix !== undefined)
			yield { of: 'provider', pointer: `${at}/prefix`, what: 'is for a key of kind hex or base64' };
	}
	for (const [id, message] of Object.entries(provider.messages)) {
		const own = Object.values(events).filter((event) => event.message === id);
		const vars = own.flatMap((event) => Object.keys(event.vars ?? {}));
		for (const fault of messageFaults(message, vars, provider)) {
			yield { of: 'provider', pointer: `/messages/${id}${fault.pointer}`, what: fault.what };
		}
	}
	for (const [name, event] of Object.entries(events)) {
		const message = own(provider.messages, event.message);
		if (message === undefined) {
			const what = `names "${event.message}", which is not under "messages" of provider.json`;
			yield { of: name, pointer: '/message', what };
			continue;
		}
		for (const fault of eventFaults(event, message, provider)) yield { of: name, ...fault };
	}
	for (const fault of lifecycleFaults(provider, events)) yield { of: 'provider', ...fault };
}
