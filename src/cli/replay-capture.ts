import type { Received } from '../capture/received.ts';
import type { Composed } from '../compose/compose.ts';
import { type PreparedFire, preparedOf } from '../engine/fire.ts';
import { sameBytes, signedAnew } from '../engine/same-bytes.ts';
import type { KnownDelivery } from '../journal/deliveries.ts';
import { journalVersion } from '../journal/record.ts';
import { Problem } from '../model/problem.ts';
import type { Settings } from '../model/settings.ts';
import { inForce } from '../project/in-force.ts';
import { bodyFields } from '../report/json/body-json.ts';
import { readReceived } from '../verify/read-received.ts';
import type { Verdict } from '../verify/verdict.ts';
import { verdictOf } from '../verify/verify-received.ts';
import { capturedInput } from './captured-input.ts';
import type { CliContext } from './cli-context.ts';
import { type CommandContext, commandContext } from './command-context.ts';
import { once, type ReplayFlags } from './options/replay-flags.ts';
import { readSettings } from './options/settings-flags.ts';
import { verdictContext } from './verdict-context.ts';

/**
 * Callbacks out of whatever somebody has them in, ready to be sent.
 *
 * @throws Problem `usage`, `body-invalid` where no provider's callback is in it
 */
export async function readCaptured(
	id: string | undefined,
	file: string,
	flags: ReplayFlags,
	outer: CliContext,
): Promise<{ fire: PreparedFire; context: CliContext }> {
	if (id !== undefined)
		throw new Problem('option-conflict', `"${id}" and --from both say what to replay`, {
			hint: 'Keep one of them.',
		});
	const here = await commandContext(flags, outer);
	const { context, catalogue, project } = here;
	const bytes = await capturedInput(file, 'from', context);
	const given = readSettings(flags);
	const composed: Composed[] = [];
	const all: Settings[] = [];
	for (const received of readReceived(bytes, undefined)) {
		if (received.isOtherReading === true) continue;
		const { recognised } = await recognition(received, given, here);
		if (recognised === undefined) continue;
		const { event, chosen } = recognised;
		const said = once(inForce(given, project, event, context));
		if (said.to === undefined)
			throw new Problem('target-missing', 'no target to replay it at', {
				hint: "Add --to with your receiver's URL: --to http://localhost:3000/callback",
			});
		const known = asKnown(received, event.id, chosen.options, context);
		const type = received.headers['content-type'];
		const headers = [
			...(type === undefined || received.method === 'GET'
				? []
				: [{ name: 'content-type', value: { kind: 'text', text: type } as const }]),
			...(said.headers ?? []),
		];
		const anew = () => signedAnew(known, said, catalogue, context);
		composed.push(
			flags.resign === true
				? await anew()
				: {
						...(await sameBytes(known, { ...said, headers }, catalogue, context)),
						...(await orderOf(anew)),
					},
		);
		all.push(said);
	}
	if (composed.length === 0)
		throw new Problem('body-invalid', `${file}: no provider's callback was found in it`, {
			hint: 'See what is read: callsim verify <provider> <file>.',
		});
	return { fire: await preparedOf(composed, all, context), context };
}

/** Under the provider whose shape it has; a genuine reading wins over a shape alone. */
async function recognition(
	received: Received,
	given: Settings,
	{ catalogue, context }: CommandContext,
): Promise<Pick<Verdict, 'recognised'>> {
	const verdicts: Verdict[] = [];
	for (const provider of catalogue.providers) {
		const events = catalogue.events.filter((event) => event.provider === provider);
		const judging = verdictContext(provider, events, given, [], context, catalogue.providers);
		// What is wrong with it is verify's to say.
		verdicts.push(await verdictOf(received, { ...judging, unexplained: true }));
	}
	return (
		verdicts.find(({ genuine }) => genuine) ??
		verdicts.find(({ event }) => event !== null) ?? { recognised: undefined }
	);
}

/** What its fields say of the order; nothing where they cannot be read as the event's. */
async function orderOf(anew: () => Promise<Composed>): Promise<Partial<Composed>> {
	try {
		const { order, ids } = await anew();
		return { order, ids };
	} catch (error) {
		if (error instanceof Problem) return {};
		throw error;
	}
}

/** A capture as if it had been sent from here, to nowhere in particular. */
function asKnown(
	{ method, target, body }: Received,
	event: string,
	options: readonly string[],
	{ cwd }: CliContext,
): KnownDelivery {
	const query = target.lastIndexOf('?');
	const place = new URL(query < 0 ? target : target.slice(0, query), 'http://localhost').href;
	return {
		...{ id: '', command: 'replay', cwd, attempts: [], why: undefined },
		...{ inFlight: undefined, waiting: undefined, process: undefined },
		record: {
			...{
				v: journalVersion,
				type: 'delivery',
				at: '',
				run: '',
				delivery: 1,
				ids: {},
				words: [event],
			},
			...{ event, options, target: place },
			schedule: { attempts: 1, pausesMs: [], trust: 'chosen' },
			request: {
				method,
				url: query < 0 ? place : `${place}?${target.slice(query + 1)}`,
				...(method === 'GET' ? { body: null } : bodyFields(body, false, Number.POSITIVE_INFINITY)),
			},
		},
	};
}
