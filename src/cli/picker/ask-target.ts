import { type Reach, reachOf } from '../../delivery/reach.ts';
import { parseTarget, usualTarget } from '../../delivery/target.ts';
import { listensNow } from '../../delivery/wait-for.ts';
import { Problem } from '../../model/problem.ts';
import type { CallbackEvent } from '../../model/provider.ts';
import { inForce } from '../../project/in-force.ts';
import { flagWords } from '../options/words.ts';
import { type Back, back, type Option } from './asker.ts';
import {
	isOnThisMachine,
	type KnownTarget,
	type Presence,
	targetOptions,
	targetsOffered,
} from './offer-targets.ts';
import { type Picks, trailOf } from './picks.ts';
import { asked, known, type PickerContext, type Step } from './walk.ts';

/** Where it goes, with what is there now. */
export const askTarget: Step = async (picks, picker) => {
	const said = picker.given.to ?? (picks.isQuick ? picks.to : undefined);
	if (said !== undefined) {
		const went = await lookedAt(said, picks, picker);
		if (went === 'there') return known({ ...picks, to: said });
		if (went === 'all-the-same') return asked({ ...picks, to: said });
		if (went === back) return back;
	}
	const to = await anotherTarget(picks, picker);
	return to === back ? back : asked({ ...picks, to });
};

/** Asked until somebody is there, or they go on all the same. */
export async function anotherTarget(picks: Picks, picker: PickerContext): Promise<URL | Back> {
	for (;;) {
		const to = await oneTarget(picks, picker);
		if (to === back) return back;
		const went = await lookedAt(to, picks, picker);
		if (went === 'there' || went === 'all-the-same') return to;
	}
}

async function oneTarget(picks: Picks, picker: PickerContext): Promise<URL | Back> {
	const reach = reachIn(picks, picker);
	const offered = targetsOffered(namedTargets(picks, picker), picker.memory?.targets ?? []);
	const looked = await Promise.all(
		offered.map(async (one) => ({ ...one, presence: await presenceOf(one.url, reach) })),
	);
	const options = targetOptions(looked);
	for (;;) {
		const answer = await picker.asker.find<URL | undefined>({
			...{ message: 'Target', trail: trailOf(picks), options },
			offered: (typed) => typedTarget(typed, options),
			whyNothing: wrongWithTarget,
		});
		if (answer !== undefined) return answer;
		const typed = await picker.asker.line({
			...{ message: 'Target: your receiver', trail: trailOf(picks) },
			...{ initial: usualTarget, wrongWith: wrongWithTarget },
		});
		if (typed !== back) return parseTarget(typed);
	}
}

/** Those that are called so, and what was typed as a target of its own. */
function typedTarget(
	typed: string,
	options: readonly Option<URL | undefined>[],
): readonly Option<URL | undefined>[] {
	const named = options.filter(
		({ value, name }) => value !== undefined && name.includes(typed.trim()),
	);
	if (wrongWithTarget(typed) !== undefined) return named;
	const value = parseTarget(typed);
	return named.some((one) => one.value?.href === value.href)
		? named
		: [{ value, name: value.href, about: 'as typed' }, ...named];
}

/** What is said of this event, and every other target of its provider in the project file. */
function namedTargets({ what, provider }: Picks, { here, given }: PickerContext): KnownTarget[] {
	const { project, context, catalogue } = here;
	const id = what?.kind === 'scenario' ? what.scenario.events[0] : what?.event.id;
	const event = catalogue.events.find((one) => one.id === id);
	const inUse = event === undefined ? undefined : inForce(given, project, event, context).to;
	const file = Object.entries(project.value.targets ?? {}).filter(
		([name]) => name.split('/')[0] === provider?.id,
	);
	const fromFile = file.map(
		([name, url]): KnownTarget => ({
			url: parseTarget(url),
			from: `${project.file}: ${name}`,
		}),
	);
	const isInFile = fromFile.some(({ url }) => url.href === inUse?.href);
	return [
		...(inUse === undefined || isInFile ? [] : [{ url: inUse, from: 'CALLSIM_TO' }]),
		...fromFile.sort((a, b) => Number(isIt(b, inUse)) - Number(isIt(a, inUse))),
	];
}

const isIt = ({ url }: KnownTarget, other: URL | undefined): boolean => url.href === other?.href;

/** Whether somebody is there; where nobody is, what they want to do about it. */
async function lookedAt(
	to: URL,
	picks: Picks,
	picker: PickerContext,
): Promise<'there' | 'all-the-same' | 'another' | Back> {
	for (;;) {
		if ((await presenceOf(to, reachIn(picks, picker))) !== 'silent') return 'there';
		const answer = await picker.asker.choose({
			message: `Nothing listens on ${to.host}: start your receiver`,
			trail: trailOf({ ...picks, to }),
			options: [
				{ value: 'look', name: 'look again', key: 'l' },
				{ value: 'another', name: 'another target', key: 't' },
				{ value: 'all-the-same', name: 'go on all the same', key: 'g' },
			] as const,
		});
		if (answer !== 'look') return answer;
	}
}

function reachIn({ what }: Picks, { here, given }: PickerContext): Reach {
	const event: CallbackEvent | undefined = what?.kind === 'event' ? what.event : undefined;
	return reachOf(event === undefined ? given : inForce(given, here.project, event, here.context));
}

async function presenceOf(url: URL, reach: Reach): Promise<Presence> {
	if (!isOnThisMachine(url, reach)) return 'not-looked-at';
	return (await listensNow(url, reach)) ? 'listening' : 'silent';
}

/** What is wrong with it, and what to write instead. */
export function wrongWithTarget(text: string): string | undefined {
	try {
		parseTarget(text, 'the target');
		return undefined;
	} catch (error) {
		if (!(error instanceof Problem)) throw error;
		const { message, hint } = error.in(flagWords);
		return hint === undefined ? message : `${message}. ${hint}`;
	}
}
