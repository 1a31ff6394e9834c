import { assignmentTexts, headerTexts } from '../engine/flag-texts.ts';
import type { DeliveryFlags, ShapingFlags } from '../engine/flags.ts';
import { Problem } from '../model/problem.ts';
import type { DeliveryOptions, SetupOptions, ShapingOptions } from './types.ts';

/** A program's options as the settings that the command line has, so that both mean the same request. */
export function shapingFlags(options: ShapingOptions & SetupOptions): ShapingFlags {
	const { body, rawBody, now, fresh } = options;
	const own = {
		...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
		...(rawBody === undefined ? {} : { rawBody: typeof rawBody === 'string' ? Buffer.from(rawBody) : rawBody }),
	};
	return defined({
		ref: options.ref,
		amount: textOf(options.amount),
		set: assignmentTexts(options.set),
		add: assignmentTexts(options.add),
		unset: options.unset,
		tamper: assignmentTexts(options.tamper),
		variant: options.variant,
		encoding: options.encoding,
		auth: options.auth,
		fresh,
		seed: textOf(options.seed),
		now: now instanceof Date ? now.toISOString() : now,
		unsigned: options.unsigned,
		wrongKey: options.wrongKey,
		header: headerTexts(options.headers),
		...setupFlags(options),
		...(Object.keys(own).length === 0 ? {} : { own }),
	});
}

/** @param speed undefined where something else decides */
export function deliveryFlags(options: Partial<DeliveryOptions>, speed = options.speed): DeliveryFlags {
	const { to, returnTo, retry, timeoutMs, duplicate, insecure, allowRemote } = options;
	return defined({
		to: to?.toString(),
		returnTo: returnTo?.toString(),
		retry,
		speed: textOf(speed),
		timeout: timeoutMs === undefined ? undefined : `${timeoutMs}ms`,
		duplicate: textOf(duplicate),
		insecure,
		allowRemote,
	});
}

export function setupFlags({ credentials, providers }: SetupOptions): ShapingFlags {
	return defined({
		providers,
		credential:
			credentials === undefined ? undefined : Object.entries(credentials).map(([name, value]) => `${name}=${value}`),
	});
}

export const textOf = (value: string | number | undefined): string | undefined =>
	value === undefined ? undefined : String(value);

export function defined<T extends object>(options: { readonly [K in keyof T]: T[K] | undefined }): T {
	return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as T;
}

/** Programs without types may leave it out. @throws Problem `target-missing` */
export function refuseNowhere(to: string | URL | undefined): void {
	if (to === undefined)
		throw new Problem('target-missing', 'no receiver is named', {
			hint: "Give { to: 'http://localhost:3000/callback' }.",
		});
}
