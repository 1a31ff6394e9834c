import { assignmentsOf } from '../compose/assignment.ts';
import { headersFrom } from '../compose/headers.ts';
import { parseTarget } from '../delivery/target.ts';
import { parseDuration } from '../model/duration.ts';
import { ifGiven } from '../model/if-given.ts';
import { parseSpeed } from '../model/number-settings.ts';
import { own } from '../model/own.ts';
import type { CallbackEvent } from '../model/provider.ts';
import { parseRetry } from '../model/retry.ts';
import type { HeaderSetting, Settings } from '../model/settings.ts';
import { applicable } from '../settings/defaults.ts';
import { defined } from '../settings/layered.ts';
import type { Project } from './project.ts';
import { referenceIn } from './reference.ts';

/** What the project file says for an event. @throws Problem as its parsers */
export function projectSettings({ value, folder }: Project, event: CallbackEvent): Settings {
	const { id, provider } = event;
	const { targets, returnTargets, headers = {}, resolve, timeout, speed, schedule, values } = value;
	const of = <T>(all: Readonly<Record<string, T>> | undefined): T | undefined =>
		own(all ?? {}, id) ?? own(all ?? {}, provider.id);
	const url = (text: string) => parseTarget(text, 'the URL');
	const all = Object.entries(headers).map(([name, text]) => headerSetting(name, text, folder));
	const referred = all.filter(({ value: { kind } }) => kind !== 'text');
	const set = [
		...(assignmentsOf(own(values ?? {}, provider.id), 'values') ?? []),
		...(assignmentsOf(own(values ?? {}, id), 'values') ?? []),
	];
	return defined({
		resolve,
		to: ifGiven(of(targets), url),
		returnTo: ifGiven(of(returnTargets), url),
		headers:
			all.length === 0 ? undefined : [...referred, ...all.filter((one) => !referred.includes(one))],
		timeout: ifGiven(timeout, (span) => parseDuration(String(span), 'timeout')),
		speed: ifGiven(speed, (factor) => parseSpeed(String(factor))),
		retry: ifGiven(schedule, (text) => parseRetry(text, 'schedule')),
		...(set.length === 0 ? {} : defined(applicable({ set }, event))),
	});
}

/** `env:` and `file:` are read when it is sent. @throws Problem `header-invalid` */
export function headerSetting(name: string, text: string, folder: string): HeaderSetting {
	const reference = referenceIn(text, folder);
	const [setting] = headersFrom({ [name]: reference === undefined ? text : '' }) ?? [];
	if (setting === undefined) throw new Error('one header is made of one');
	return reference === undefined ? setting : { name, value: reference };
}
