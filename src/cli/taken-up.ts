import { groupedBy } from '../model/grouped-by.ts';
import { counted } from '../report/outcome-text.ts';
import type { Controls } from '../sandbox/controls.ts';

/** What a state file brought along. */
export function takenUp(controls: Controls): string {
	const orders = controls.orders();
	if (orders.length === 0) return 'nothing in it yet; everything is kept there';
	const states = [...groupedBy(orders, ({ state }) => state)];
	const counts = states.map(([state, all]) => `${all.length} ${state}`).join(', ');
	const going = controls.deliveries().filter(({ why }) => why === undefined).length;
	const planned = orders.filter(({ next }) => next.length > 0).length;
	return [
		`${counted(orders.length, 'order')} taken up (${counts})`,
		`${counted(going, 'delivery', 'deliveries')} under way`,
		...(planned > 0 ? [`${counted(planned, 'order')} with something to come by itself`] : []),
	].join(', ');
}
