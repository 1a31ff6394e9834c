import { Problem } from '../model/problem.ts';
import type { MessageFile } from '../model/provider.ts';
import type { Header, SealTrace } from '../model/request.ts';
import type { Secret } from '../model/secret.ts';
import type { Value } from '../model/value.ts';
import { environmentName } from './credentials.ts';
import { phpText } from './print-value.ts';
import { fill, type Scope } from './template.ts';

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

export function sealHeader(trace: SealTrace): Header {
	return plainHeader('header' in trace.into ? trace.into.header : '', trace.value);
}

/** Only what a provider's server would need to send. Headers with a time in them take that of the attempt. */
export function headersFor({
	message,
	contentType,
	userAgent,
	scope,
	provider,
}: HeaderNeeds): (now: number) => Header[] {
	const fixed = [
		...(contentType === undefined ? [] : [plainHeader('content-type', contentType)]),
		plainHeader('accept', '*/*'),
		plainHeader('user-agent', userAgent),
	];
	return (now) => [
		...fixed,
		...Object.entries(message.headers ?? {}).map(([name, template]) => {
			const written = (tell: (secret: Secret) => string) =>
				phpText(fill(template, { ...scope, now }, tell) as Value, name);
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

/** Headers of this kind carry credentials as a rule; they are sent, and masked in everything that is printed. */
const confidential = /authorization|cookie|secret|token|api-?key|password/i;

/** `Name: value` of `--header`. @throws Problem `header-invalid` */
export function parseHeader(argument: string): Header {
	const colon = argument.indexOf(':');
	const name = argument.slice(0, colon).trim();
	const value = argument.slice(colon + 1).trim();
	if (colon < 1 || !/^[!#$%&'*+.^_`|~\w-]+$/.test(name)) {
		throw new Problem('header-invalid', '--header needs a name and a value', { hint: "Write --header 'Name: value'." });
	}
	if (/^(content-length|transfer-encoding|connection|host|expect|upgrade|keep-alive)$/i.test(name)) {
		throw new Problem('header-invalid', `--header: ${name} is made from the request itself`, { hint: 'Leave it out.' });
	}
	if (/[^\t\x20-\x7e\x80-\xff]/.test(value))
		throw new Problem('header-invalid', `--header ${name}: the value holds a character no header can carry`, {
			hint: 'Use printable Latin-1 text.',
		});
	const shown = confidential.test(name) ? '[masked]' : value;
	return { name, value, shown, shell: shown };
}
