import { againOption, asLastTime, providersOffered } from './ask-provider.ts';
import { back, type Search } from './asker.ts';
import { eventSearch, type Picked } from './offer-events.ts';
import { trailOf } from './picks.ts';
import { asked, known, type Step } from './room.ts';

/** What happened at the provider: an event, or a scenario of several. */
export const askEvent: Step = async (picks, room) => {
	const { provider } = picks;
	if (picks.what !== undefined && picks.isQuick) return known(picks);
	if (provider === undefined) throw new Error('the provider is asked first');
	const { options, offered } = eventSearch(provider.id, room.here.catalogue);
	// Where the provider was not asked, this is the first question.
	const again =
		providersOffered(room).length === 1 ? againOption<Picked | 'again'>(room, 'again') : [];
	const search: Search<Picked | 'again'> = {
		...{ message: 'Event or scenario', trail: trailOf(picks) },
		options: [...again, ...options],
		offered,
	};
	const answer = await room.asker.find(search);
	if (answer === back) return back;
	return asked(answer === 'again' ? asLastTime(picks, room) : { ...picks, what: answer });
};

/** For a `fire` that names no event: scenarios are run, not fired. */
export const askEventAlone: Step = async (picks, room) => {
	const { provider } = picks;
	if (provider === undefined) throw new Error('the provider is asked first');
	const { catalogue } = room.here;
	const found = eventSearch(provider.id, { events: catalogue.events, scenarios: [] });
	const search = { message: 'Event', trail: trailOf(picks), ...found };
	const what = await room.asker.find(search);
	return what === back ? back : asked({ ...picks, what });
};
