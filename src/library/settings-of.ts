import { type Assignments, assignmentsOf } from '../compose/assignment.ts';
import { headersFrom } from '../compose/headers.ts';
import { parseTarget, usualTarget } from '../delivery/target.ts';
import { refuseDeep } from '../model/depth.ts';
import { longestSpan, type Millis, millis } from '../model/duration.ts';
import { ifGiven } from '../model/if-given.ts';
import { parseInstant } from '../model/instant.ts';
import { countOf, mostDuplicates, speedOf } from '../model/number-settings.ts';
import { picked } from '../model/own.ts';
import { Problem } from '../model/problem.ts';
import { parseRetry } from '../model/retry.ts';
import { Secret } from '../model/secret.ts';
import {
	type CredentialSetting,
	plainReach,
	plainShaping,
	type Settings,
} from '../model/settings.ts';
import { defined } from '../settings/layered.ts';
import type { DeliveryOptions, SetupOptions, ShapingOptions } from './types.ts';

/** Names and values stand for themselves: nothing in them is read as a text is. @throws Problem */
export function shapingSettings(options: ShapingOptions & SetupOptions): Settings {
	const { amount, set, add, tamper, body, rawBody, variant, seed, now, headers } = options;
	refuseDeep(body);
	return defined({
		...picked(options, plainShaping),
		amount: ifGiven(amount, String),
		set: assignmentsOf(set as Assignments, 'set'),
		add: assignmentsOf(add as Assignments, 'add'),
		tamper: assignmentsOf(tamper as Assignments, 'tamper'),
		body: ifGiven(body, (given) => {
			const text = typeof given === 'string' ? given : JSON.stringify(given);
			return { kind: 'text', text } as const;
		}),
		rawBody: ifGiven(rawBody, (given) => {
			const bytes = typeof given === 'string' ? Buffer.from(given) : given;
			return { kind: 'bytes', bytes } as const;
		}),
		variants: ifGiven(variant, (names) => [names].flat()),
		seed: seedOf(seed),
		now: instantOf(now),
		headers: headersFrom(headers),
		...setupSettings(options),
	});
}

/** @throws Problem */
export function deliverySettings(options: Partial<DeliveryOptions>): Settings {
	const { to, returnTo, retry, speed, timeoutMs, duplicate } = options;
	return defined({
		...picked(options, plainReach),
		to: targetOf(to, 'to'),
		returnTo: targetOf(returnTo, 'returnTo'),
		retry: ifGiven(retry, parseRetry),
		speed: ifGiven(speed, (said) => speedOf(said === 'max' ? Number.POSITIVE_INFINITY : said)),
		timeout: spanOf(timeoutMs, 'timeout'),
		duplicate: ifGiven(duplicate, (count) => countOf(count, 'duplicate', mostDuplicates)),
	});
}

export function setupSettings({ credentials, providers }: SetupOptions): Settings {
	return defined({
		providers,
		credentials: ifGiven(credentials, (all) => Object.entries(defined(all)).map(credentialSetting)),
	});
}

/** `secret_key`, or `iak.api_key`. The value is the key, whatever it begins with. */
function credentialSetting([full, text]: [string, string]): CredentialSetting {
	const dot = full.indexOf('.');
	const name = full.slice(dot + 1);
	const provider = dot < 0 ? undefined : full.slice(0, dot);
	return {
		provider,
		name,
		source: { kind: 'value', secret: new Secret(name, String(text), 'own') },
	};
}

export function targetOf(url: string | URL | undefined, what: 'to' | 'returnTo'): URL | undefined {
	return ifGiven(url, (given) => parseTarget(given.toString(), what));
}

/** @throws Problem `usage` */
export function seedOf(seed: number | undefined): string | undefined {
	if (seed === undefined) return undefined;
	if (Number.isSafeInteger(seed) && seed >= 0) return String(seed);
	throw new Problem('usage', `seed ${seed} is not a whole number`, { hint: 'Write seed: 7.' });
}

/** @throws Problem `usage` */
export function instantOf(now: Date | string | undefined): number | undefined {
	if (now === undefined) return undefined;
	if (typeof now === 'string') return parseInstant(now);
	if (now.getTime() >= 0) return now.getTime();
	throw new Problem('usage', `now "${now}" is not a time`, {
		hint: 'Give a valid Date, not before 1970.',
	});
}

/** @param what the setting @throws Problem `duration-invalid` */
export function spanOf(
	ms: number | undefined,
	what: 'timeout' | 'settle' | 'duration',
): Millis | undefined {
	if (ms === undefined) return undefined;
	if (ms >= 0 && ms <= longestSpan) return millis(ms);
	throw new Problem(
		'duration-invalid',
		(say) => `${say(what)} ${ms} is not a number of milliseconds within a year`,
		{ hint: (say) => `Write ${say(what, '5000')}.` },
	);
}

/** Programs without types may leave it out. @throws Problem `target-missing` */
export function refuseNowhere(to: string | URL | undefined): void {
	if (to === undefined)
		throw new Problem('target-missing', 'no receiver is named', {
			hint: `Give { to: '${usualTarget}' }.`,
		});
}
