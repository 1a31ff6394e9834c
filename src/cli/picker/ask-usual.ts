import { Problem } from '../../model/problem.ts';
import { orderText } from '../../report/text/order-text.ts';
import { orderSaid } from './ask-order.ts';
import { back } from './asker.ts';
import { trailOf } from './picks.ts';
import { preparePicked } from './prepared.ts';
import { asked, known, type Step } from './walk.ts';

/** One key for what most want first; what else there is to say is asked of those who want to. */
export const askUsual: Step = async (picks, picker) => {
	if (picks.what?.kind !== 'event' || picks.isQuick) return known(picks);
	const usual = { ...picks, order: orderSaid(picks, picker) ?? { kind: 'new' as const } };
	const fire = await preparePicked(usual, picker);
	// What is wrong with it is shown where it can be changed.
	if (fire instanceof Problem) return known(picks);
	const answer = await picker.asker.choose({
		...{ message: 'Send it', trail: trailOf(picks) },
		options: [
			{
				...({ value: 'send', name: 'as usual', key: 's' } as const),
				about: orderText(fire.composed[0]?.order),
			},
			{
				...({ value: 'look', name: 'look first', key: 'l' } as const),
				about: 'the request, and what its signature is over',
			},
			{
				...({ value: 'choose', name: 'another way', key: 'o' } as const),
				about: 'another order, amount or form, or broken on purpose',
			},
		],
	});
	if (answer === back) return back;
	if (answer === 'choose') return asked(picks);
	return asked({ ...usual, fire, isReady: answer === 'send', isQuick: true });
};
