import type { Composed } from '../../compose/compose.ts';
import { environmentName } from '../../compose/credentials.ts';
import type { PreparedFire } from '../../engine/fire.ts';
import { Problem } from '../../model/problem.ts';
import { explainSignature } from '../../report/text/explain-signature.ts';
import { curlText } from '../../report/text/request-text.ts';
import { fireLine } from '../options/print.ts';
import { painterFor } from '../paint.ts';
import { type Back, back, type Option } from './asker.ts';
import { askChange } from './change-field.ts';
import { type Picks, trailOf } from './picks.ts';
import { preparePicked, show } from './prepared.ts';
import { signedText, wholeRequest } from './preview-text.ts';
import { asked, known, type PickerContext, type Step } from './walk.ts';

type Act = 'send' | 'field' | 'explain' | 'curl' | 'line' | 'back';

/** The request as it will be sent; and what to do with it. */
export const askPreview: Step = async (given, picker) => {
	const { what, to } = given;
	if (given.isReady) return known(given);
	if (what?.kind !== 'event')
		return given.what === undefined ? known(given) : askScenario(given, picker);
	if (to === undefined) throw new Error('the target is asked before');
	const { context } = picker.here;
	let picks = given;
	let fire = given.fire ?? (await preparePicked(picks, picker));
	show(fire, picker);
	for (;;) {
		const options = actsOn(fire instanceof Problem);
		const trail = trailOf(picks);
		const act = await picker.asker.choose<Act>({ message: 'Ready', trail, options });
		switch (act) {
			case back:
			case 'back':
				return back;
			case 'send':
				if (!(fire instanceof Problem)) return asked({ ...picks, fire });
				break;
			case 'field': {
				const set = await askChange(fire instanceof Problem ? undefined : fire, picks, picker);
				if (set === back) break;
				picks = { ...picks, set };
				fire = await preparePicked(picks, picker);
				show(fire, picker);
				break;
			}
			default:
				if (!(fire instanceof Problem)) context.stdout.write(shownAs(act, fire, picker));
		}
	}
};

/** The whole line of a scenario is its preview: what it sends is made up as it runs. */
async function askScenario(picks: Picks, { asker }: PickerContext) {
	if (picks.what?.kind !== 'scenario') return known(picks);
	const { scenario } = picks.what;
	const answer = await asker.choose<'send' | Back>({
		...{ message: 'Ready', trail: trailOf(picks) },
		options: [
			{ value: 'send', name: 'run', key: 's', about: scenario.events.join(' → ') },
			{ value: back, name: 'back', key: 'b' },
		],
	});
	return answer === back ? back : asked(picks);
}

const acts: readonly Option<Act>[] = [
	{ value: 'send', name: 'send', key: 's' },
	{ value: 'field', name: 'change a field', key: 'f' },
	{ value: 'explain', name: 'explain', key: 'e', about: 'the whole request, how it is signed' },
	{ value: 'curl', name: 'print as curl, to copy', key: 'u' },
	{ value: 'line', name: 'print as a callsim line, to copy', key: 'l' },
	{ value: 'back', name: 'back', key: 'b' },
];

const actsOn = (isBroken: boolean): readonly Option<Act>[] =>
	isBroken ? acts.filter(({ value }) => value === 'field' || value === 'back') : acts;

function shownAs(
	act: Act,
	{ composed, said }: PreparedFire,
	{ here, flags }: PickerContext,
): string | Buffer {
	const { context } = here;
	const now = context.clock.now();
	const [item] = composed;
	if (item === undefined) throw new Error('one event is one callback');
	const line = fireLine([item.event.id], said[0] ?? {});
	if (act === 'line') return `${line}\n`;
	// As bytes, which are not laid out: a body in quotes is whole, however wide the screen.
	if (act === 'curl') return Buffer.from(`${curlOf(item, now)}\n`);
	const trace = item.request.signatureAt(now);
	const paint = painterFor(context.stdout, context, flags.color);
	const lines = [
		...wholeRequest(item, { paint, mask: context.mask, now }).map((one) => `  │ ${one}`),
		...(trace === undefined ? [signedText(item, now)] : explainSignature(trace, paint)),
	];
	return `${lines.map(context.mask).join('\n')}\n\n`;
}

function curlOf({ request, event, message }: Composed, now: number): string {
	const variable = (name: string) => environmentName(event.provider.id, name);
	const { digest } = message;
	return curlText(
		request,
		now,
		digest && { username: variable(digest.username), password: variable(digest.password) },
	);
}
