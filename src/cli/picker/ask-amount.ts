import { carriesRole } from '../../compose/carries.ts';
import { composeOne } from '../../settings/composing.ts';
import { back } from './asker.ts';
import { settingsFor } from './picked-settings.ts';
import { trailOf } from './picks.ts';
import { asked, known, type Step } from './walk.ts';

/** How much: the order's own amount, or the sample's, stands there already. */
export const askAmount: Step = async (picks, picker) => {
	const { what, to, order, isQuick } = picks;
	if (what?.kind !== 'event' || to === undefined || isQuick) return known(picks);
	const { event } = what;
	const isSaid = picker.given.amount !== undefined || order?.kind === 'given';
	if (isSaid || !carriesRole(event, 'amount')) return known(picks);
	const settings = settingsFor({ ...picks, amount: undefined }, picker);
	const usual = (await composeOne({ event, to, settings }, picker.here.context)).order;
	const initial = usual?.amount;
	const amount = await picker.asker.line({
		message: usual?.currency === undefined ? 'Amount' : `Amount, ${usual.currency}`,
		...{ trail: trailOf(picks), initial: picks.amount ?? initial },
		wrongWith: (text) =>
			/^-?\d+(\.\d+)?$/.test(text.trim())
				? undefined
				: `Write a number with a point and without separators, as in ${initial ?? '60.00'}.`,
	});
	if (amount === back) return back;
	return asked({ ...picks, amount: amount.trim() === initial ? undefined : amount.trim() });
};
