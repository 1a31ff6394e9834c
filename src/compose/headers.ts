import { isConfidential, isHeaderName, notToBeSet } from '../model/header-name.ts';
import { withoutOuterQuotes } from '../model/outer-quotes.ts';
import { Problem } from '../model/problem.ts';
import type { MessageFile } from '../model/provider.ts';
import type { Header, SignatureTrace } from '../model/request.ts';
import type { Secret } from '../model/secret.ts';
import type { HeaderSetting } from '../model/settings.ts';
import type { Value } from '../model/value.ts';
import { textOf } from '../model/value-text.ts';
import type { Assignments } from './assignment.ts';
import { environmentName, type ReferencePorts, readSource } from './credentials.ts';
import { fill, type Scope } from './fill-template.ts';
import { phpText } from './print-value.ts';

interface HeaderNeeds {
	readonly message: MessageFile;
	readonly contentType: string | undefined;
	readonly userAgent: string;
	readonly scope: Scope;
	readonly provider: string;
}

export function plainHeader(name: string, value: string): Header {
	return { name, value, shown: value, shell: value };
}

export function signatureHeader(trace: SignatureTrace): Header {
	return plainHeader('header' in trace.into ? trace.into.header : '', trace.value);
}

/** What a provider's server would send, and no more. Times are those of the attempt. */
export function headersFor(needs: HeaderNeeds): (now: number) => Header[] {
	const { message, contentType, userAgent, scope, provider } = needs;
	const fixed = [
		...(contentType === undefined ? [] : [plainHeader('content-type', contentType)]),
		plainHeader('accept', '*/*'),
		plainHeader('user-agent', userAgent),
	];
	return (now) => [
		...fixed,
		...Object.entries(message.headers ?? {}).map(([name, template]) => {
			const written = (tell: (secret: Secret) => string): string =>
				phpText(
					fill(template, { ...scope, now }, { what: `the header ${name}`, tell }) as Value,
					name,
				);
			refuseUnwritable(
				name,
				written((secret) => secret.reveal()),
			);
			return {
				name,
				value: written((secret) => secret.reveal()),
				shown: written((secret) => secret.shown()),
				shell: written((secret) =>
					secret.origin === 'own' ? `$${environmentName(provider, secret.name)}` : secret.reveal(),
				),
			};
		}),
	];
}

/** @throws Problem `header-invalid`, without the value: it may be a credential */
function refuseUnwritable(name: string, value: string): void {
	if (!/[^\t\x20-\x7e\x80-\xff]/.test(value)) return;
	throw new Problem(
		'header-invalid',
		`the value of the header ${name} holds a character no header can carry`,
		{
			hint: 'Look for a line break or non-Latin letters in the credential or field it is made of.',
		},
	);
}

/** `Name: value` taken apart. @param what the setting @throws Problem `header-invalid` */
export function parseHeader(argument: string, what = 'headers'): HeaderSetting {
	if (withoutOuterQuotes(argument) !== undefined)
		throw new Problem(
			'header-invalid',
			(say) => `${say(what)}: there are quotes around name and value`,
			{
				hint: 'Put double quotes around the argument: cmd.exe passes single ones on.',
			},
		);
	const colon = argument.indexOf(':');
	const name = argument.slice(0, colon).trim();
	// What stands there may be a key.
	if (colon < 1 || !isHeaderName(name))
		throw new Problem('header-invalid', (say) => `${say(what)} needs a name and a value`, {
			hint: (say) => `Write ${say(what, 'Name: value')}.`,
		});
	return headerSetting(name, argument.slice(colon + 1).trim(), what);
}

/** Names and values, or a list of `Name: value`. @throws Problem `header-invalid` */
export function headersFrom(
	given: Assignments | undefined,
	what = 'headers',
): HeaderSetting[] | undefined {
	if (given === undefined) return undefined;
	if (Array.isArray(given)) return given.map((text) => parseHeader(String(text), what));
	return Object.entries(given as Readonly<Record<string, Value>>).map(([name, value]) =>
		headerSetting(name, textOf(value).trim(), what),
	);
}

function headerSetting(name: string, text: string, what: string): HeaderSetting {
	refuseName(name, what);
	refuseUnwritable(name, text);
	return { name, value: { kind: 'text', text } };
}

/** @param what the setting @throws Problem `header-invalid` */
export function refuseName(name: string, what = 'headers'): void {
	if (!isHeaderName(name))
		throw new Problem('header-invalid', (say) => `${say(what)}: "${name}" is no name of a header`, {
			hint: 'A name is letters, digits and hyphens.',
		});
	// A Host of one's own is for a receiver that looks at it.
	const why = name.toLowerCase() === 'host' ? undefined : notToBeSet(name);
	if (why !== undefined)
		throw new Problem('header-invalid', (say) => `${say(what)}: ${name} ${why}`, {
			hint: 'Leave it out.',
		});
}

/** As sent and shown. @throws Problem `header-invalid`, `credential-invalid`, `file-unreadable` */
export function headerOf({ name, value }: HeaderSetting, ports: ReferencePorts): Header {
	if (value.kind === 'text') {
		const shown = value.isMasked === true || isConfidential(name) ? '[masked]' : value.text;
		return { name, value: value.text, shown, shell: shown };
	}
	const text = readSource(`headers.${name}`, value, ports);
	refuseUnwritable(name, text);
	return { name, value: text, shown: '[masked]', shell: '[masked]' };
}
