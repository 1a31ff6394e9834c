import { isObject, type Value } from '../../model/value.ts';

/** What was chosen last in a project; nothing in it could be a secret. */
export interface Memory {
	readonly provider: string;
	/** Of what was sent: `<provider>/<name>`. */
	readonly kind: 'event' | 'scenario';
	readonly id: string;
	/** URLs without a query, newest first. */
	readonly targets: readonly string[];
	/** Options that are not the default of their choice. */
	readonly options: readonly string[];
}

const version = 1;
const mostTargets = 5;
const name = /^[a-z0-9][a-z0-9._-]{0,99}$/i;
const id = /^[a-z0-9][a-z0-9._-]{0,99}\/[a-z0-9][a-z0-9._-]{0,99}$/i;

/** Written down for one project, so that it is not taken for another's. */
export const memoryText = (memory: Memory, project: string): string =>
	`${JSON.stringify({ v: version, project, ...memory })}\n`;

/** Undefined where it is broken, of another version, or of another project. */
export function memoryIn(text: string, project: string): Memory | undefined {
	const value = parsed(text);
	if (!isObject(value) || value['v'] !== version || value['project'] !== project) return undefined;
	const { provider, kind, id: event, targets, options } = value;
	if (typeof provider !== 'string' || !name.test(provider)) return undefined;
	if (kind !== 'event' && kind !== 'scenario') return undefined;
	if (typeof event !== 'string' || !id.test(event) || !event.startsWith(`${provider}/`))
		return undefined;
	return {
		...{ provider, kind, id: event },
		targets: textsIn(targets).filter(isTarget).slice(0, mostTargets),
		options: textsIn(options).filter((option) => name.test(option)),
	};
}

/**
 * The last choices, with the targets of before behind the one that was used.
 *
 * @param mask leaves a text as it is where no key of theirs is in it
 */
export function remembered(
	before: Memory | undefined,
	last: Omit<Memory, 'targets'>,
	to: URL,
	mask: (text: string) => string,
): Memory {
	const used = [to.href, ...(before?.targets ?? [])];
	const targets = [...new Set(used)].filter((href) => isTarget(href) && mask(href) === href);
	return { ...last, targets: targets.slice(0, mostTargets) };
}

function parsed(text: string): Value | undefined {
	try {
		return JSON.parse(text) as Value;
	} catch {
		return undefined;
	}
}

const textsIn = (value: unknown): string[] =>
	Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];

/** A query may carry a token, and so may what stands before an @. */
function isTarget(text: string): boolean {
	if (text.length > 500 || !URL.canParse(text)) return false;
	const { protocol, username, password, search, hash, href } = new URL(text);
	return (
		/^https?:$/.test(protocol) && href === text && `${username}${password}${search}${hash}` === ''
	);
}
