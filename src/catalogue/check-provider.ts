import { Problem } from '../model/problem.ts';
import type { ProviderBundle } from './catalogue.ts';
import { fixtureProblem } from './validate.ts';

const trusts = ['documented', 'observed', 'assumed'];
const claimed = ['fields', 'values', 'write', 'acknowledge', 'retry'];

/**
 * What a schema cannot say: names that must exist elsewhere in the folder.
 *
 * @param sources the text of `provider` and of every event, to point at the line
 * @throws Problem `fixture-invalid`
 */
export function checkProvider(
	{ provider, events }: ProviderBundle,
	sources: ReadonlyMap<string, { file: string; text: string }>,
): void {
	const refuse = (of: string, pointer: string, what: string): never => {
		const source = sources.get(of);
		if (source === undefined) throw new Problem('fixture-invalid', `${provider.id}: ${what}`);
		throw fixtureProblem(source.file, source.text, pointer, what);
	};
	const checkClaims = (of: string, pointer: string, claims: Readonly<Record<string, readonly (string | null)[]>>) => {
		for (const [about, [trust, source]] of Object.entries(claims)) {
			const at = `${pointer}/${about}`;
			if (trust == null || !trusts.includes(trust)) refuse(of, at, `says "${trust}", not ${trusts.join(', ')}`);
			if (trust !== 'assumed' && source === null) refuse(of, at, `is ${trust} but names no source`);
			if (source != null && provider.sources[source] === undefined)
				refuse(of, at, `names the source "${source}", which is not under "sources"`);
		}
	};
	const checkCredential = (pointer: string, name: string | undefined) => {
		if (name !== undefined && provider.credentials[name] === undefined)
			refuse('provider', pointer, `names the credential "${name}", which is not under "credentials"`);
	};
	for (const [id, message] of Object.entries(provider.messages)) {
		const at = `/messages/${id}`;
		checkClaims('provider', `${at}/claims`, message.claims);
		for (const about of [...claimed, ...(message.seal === undefined ? [] : ['seal'])]) {
			if (message.claims[about] === undefined) refuse('provider', `${at}/claims`, `says nothing about "${about}"`);
		}
		checkCredential(`${at}/seal/key`, message.seal?.key);
		checkCredential(`${at}/digest/username`, message.digest?.username);
		checkCredential(`${at}/digest/password`, message.digest?.password);
		const optionNames = new Set<string>();
		for (const [choice, options] of Object.entries(message.choices ?? {})) {
			for (const [option, patch] of Object.entries(options)) {
				const here = `${at}/choices/${choice}/${option}`;
				if (optionNames.has(option))
					refuse('provider', here, `is an option of another choice too; names are unique within a message`);
				optionNames.add(option);
				if (patch.claims !== undefined) checkClaims('provider', `${here}/claims`, patch.claims);
				checkCredential(`${here}/seal/key`, patch.seal?.key);
			}
		}
	}
	for (const [name, event] of Object.entries(events)) {
		const message = provider.messages[event.message];
		if (message === undefined) {
			refuse(name, '/message', `names "${event.message}", which is not under "messages" of provider.json`);
			continue;
		}
		if (event.claims !== undefined) checkClaims(name, '/claims', event.claims);
		const options = Object.values(message.choices ?? {}).flatMap((all) => Object.keys(all));
		for (const option of Object.keys(event.options ?? {}))
			if (!options.includes(option)) refuse(name, `/options/${option}`, 'is no option of the message');
	}
}
