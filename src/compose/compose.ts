import type { Clock, Random } from '../model/clock.ts';
import { Problem } from '../model/problem.ts';
import type { CallbackEvent, Claim, MessageFile } from '../model/provider.ts';
import type { ComposedRequest, Header } from '../model/request.ts';
import { credentialsIn } from '../model/template.ts';
import type { ValueObject } from '../model/value.ts';
import { inOrder, renamedForWire, textualised, wrapped } from './arrange.ts';
import { parseAssignment } from './assignment.ts';
import { bodyValues } from './body-values.ts';
import { cast } from './cast.ts';
import type { Credentials } from './credentials.ts';
import { headersFor, sealHeader } from './headers.ts';
import { choose } from './options.ts';
import { type Draft, override } from './override.ts';
import { pathsIn } from './path.ts';
import { amountWarnings, roleAssignments } from './roles.ts';
import { seal } from './seal.ts';
import { refuseContradictions, type Shaping } from './shaping.ts';
import { tampered } from './tamper.ts';
import type { Scope } from './template.ts';
import { requestUrl } from './url.ts';
import { derive, freshen } from './values.ts';
import { contentTypes, type Writer, writerFor } from './write.ts';

/** Everything from outside that composing needs. */
export interface ComposeWorld {
	readonly target: URL;
	/** Where browser messages go; the target where it is not given. */
	readonly returnTo?: URL | undefined;
	readonly credentials: Credentials;
	/** Epoch milliseconds, read once: all fresh values agree on it. */
	readonly now: ReturnType<Clock['now']>;
	readonly random: Random;
	readonly userAgent: string;
	readonly headers?: readonly Header[] | undefined;
}

export interface Composed {
	readonly event: CallbackEvent;
	/** Where it goes, without a query of ours. */
	readonly target: string;
	readonly request: ComposedRequest;
	readonly message: MessageFile;
	readonly options: readonly string[];
	readonly claims: Readonly<Record<string, Claim>>;
	/** The values before they were written, for rules and hints that need to know what was said. */
	readonly values: ValueObject;
	readonly credentials: 'simulator' | 'own' | 'none';
	readonly warnings: readonly string[];
}

/**
 * Values to request, in one direction: options, fresh, set, derive, cast, order, field seal, names, envelope, bytes, header seal.
 *
 * @throws Problem for anything a user can mend; nothing is sent then
 */
export async function compose(event: CallbackEvent, shaping: Shaping, world: ComposeWorld): Promise<Composed> {
	refuseContradictions(shaping);
	const chosen = choose(event, {
		named: shaping.variants ?? [],
		of: { encoding: shaping.encoding, auth: shaping.auth },
	});
	const { message } = chosen;
	refuseFaultWithoutSeal(event, message, shaping);
	const write = await writerFor(message.write);
	const stated = shaping.body === undefined ? undefined : await bodyValues(shaping.body, message);
	const instant = shaping.fresh === true ? world.now : Date.parse(event.file.clock);
	const target = (message.to === 'return_url' ? world.returnTo : undefined) ?? world.target;
	const scope = (values: ValueObject, vars: ValueObject, now = instant): Scope => ({
		value: (path) => lookUp(path, values, vars),
		credential: world.credentials,
		now,
		zone: event.provider.zone,
		target: world.target.href,
		random: world.random,
	});

	const draft: Draft = {
		values: stated ?? chosen.values,
		vars: chosen.vars,
		byHand: new Set(stated === undefined ? [] : pathsIn(stated)),
	};
	const fresh = shaping.fresh === true ? freshen(draft, message, scope) : draft;
	const overridden = override(
		fresh,
		{
			set: [
				...roleAssignments(event, message, fresh, shaping),
				...(shaping.set ?? []).map((text) => parseAssignment(text, '--set')),
			],
			add: (shaping.add ?? []).map((text) => parseAssignment(text, '--add')),
			unset: shaping.unset ?? [],
		},
		message,
		event.id,
	);
	const derived = derive(overridden, { ...message.derive, ...event.file.derive }, scope);
	const values = cast(derived.values, message, writtenPaths(shaping));
	const ordered = textualised(inOrder(values, message.fields, chosen.values), message.text);

	const rule = shaping.unsealed === true ? undefined : message.seal;
	const sealScope = scope(values, derived.vars);
	const noBody = new Uint8Array();
	const fieldTrace =
		rule !== undefined && 'field' in rule.into && rule.over !== 'body'
			? seal(rule, ordered, noBody, sealScope, shaping.wrongKey === true)
			: undefined;
	const sealed =
		fieldTrace !== undefined && 'field' in fieldTrace.into
			? { ...ordered, [fieldTrace.into.field]: fieldTrace.value }
			: ordered;
	const sent = tampered(sealed, shaping.tamper ?? [], message, event.id);

	const written = bytes(write, sealed, message);
	const payload = shaping.rawBody ?? (sent === sealed ? written : bytes(write, sent, message));
	const isQuery = message.write === 'query';
	if (isQuery && shaping.rawBody !== undefined)
		throw new Problem('option-conflict', `${event.id} is a ${message.method} without a body`, {
			hint: 'Leave --raw-body out.',
		});

	const headerTrace = (now: number) =>
		rule !== undefined && 'header' in rule.into
			? seal(rule, values, shaping.rawBody ?? written, { ...sealScope, now }, shaping.wrongKey === true)
			: undefined;
	const own = headersFor({
		message,
		contentType: contentTypes[message.write],
		userAgent: world.userAgent,
		scope: sealScope,
		provider: event.provider.id,
	});
	return {
		event,
		target: target.href,
		message,
		options: chosen.options,
		claims: chosen.claims,
		values,
		credentials: credentialsUsed(message, world.credentials),
		warnings: amountWarnings(message, chosen.values, values),
		request: {
			method: message.method,
			url: isQuery ? requestUrl(target, Buffer.from(payload).toString('utf8'), message.append ?? '&') : target,
			body: isQuery ? undefined : payload,
			headersAt(now) {
				const trace = headerTrace(now);
				return withOverrides([...own(now), ...(trace === undefined ? [] : [sealHeader(trace)])], world.headers ?? []);
			},
			sealAt: (now) => (shaping.rawBody === undefined ? (fieldTrace ?? headerTrace(now)) : headerTrace(now)),
			digest:
				message.digest === undefined
					? undefined
					: {
							username: world.credentials(message.digest.username),
							password: world.credentials(message.digest.password),
							fault: shaping.unsealed === true ? 'unsealed' : shaping.wrongKey === true ? 'wrong-key' : undefined,
						},
		},
	};
}

function bytes(write: Writer, values: ValueObject, message: MessageFile): Uint8Array {
	return Buffer.from(write(wrapped(renamedForWire(values, message.names), message.wrap)), 'utf8');
}

function lookUp(path: string, values: ValueObject, vars: ValueObject) {
	let value: unknown = values;
	for (const segment of path.split('.'))
		value = typeof value === 'object' && value !== null ? (value as ValueObject)[segment] : undefined;
	return (value ?? vars[path]) as ValueObject[string] | undefined;
}

/** Paths whose JSON type the user wrote out with `:=`. */
function writtenPaths(shaping: Shaping): Set<string> {
	return new Set(
		[...(shaping.set ?? []), ...(shaping.add ?? [])].flatMap((text) => /^([^=]+):=/.exec(text)?.[1] ?? []),
	);
}

function refuseFaultWithoutSeal(event: CallbackEvent, message: MessageFile, shaping: Shaping): void {
	const sealed = message.seal !== undefined;
	const fault = shaping.unsealed === true ? '--unsealed' : shaping.wrongKey === true ? '--wrong-key' : undefined;
	if (fault !== undefined && !sealed && message.digest === undefined) {
		throw new Problem('nothing-sealed', `${fault}: ${event.id} carries no seal`, {
			hint: `Leave ${fault} out${message.seal === undefined && event.message.choices !== undefined ? ', or choose an option that is sealed' : ''}.`,
		});
	}
	if ((shaping.tamper?.length ?? 0) > 0 && !sealed) {
		throw new Problem('nothing-sealed', `--tamper: ${event.id} carries no seal to break`, { hint: 'Use --set.' });
	}
}

function credentialsUsed(message: MessageFile, credentials: Credentials): 'simulator' | 'own' | 'none' {
	const { seal: rule, digest, headers } = message;
	const names = [
		...(rule?.key === undefined ? [] : [rule.key]),
		...(typeof rule?.over === 'string' ? credentialsIn(rule.over) : []),
		...Object.values(headers ?? {}).flatMap(credentialsIn),
		...(digest === undefined ? [] : [digest.username]),
	];
	const [first] = names;
	return first === undefined ? 'none' : credentials(first).origin;
}

/** The user's `--header` takes the place of one that is there under the same name. */
function withOverrides(headers: readonly Header[], overrides: readonly Header[]): Header[] {
	const replaced = new Set(overrides.map((header) => header.name.toLowerCase()));
	return [...headers.filter((header) => !replaced.has(header.name.toLowerCase())), ...overrides];
}
