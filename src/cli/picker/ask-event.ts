import { againOption, asLastTime, providersOffered } from './ask-provider.ts';
import { back, type Option, type SearchMenu } from './asker.ts';
import { eventSearch, type Picked } from './offer-events.ts';
import { asUsual } from './offer-ways.ts';
import { firstWays } from './picked-settings.ts';
import { trailOf } from './picks.ts';
import { asked, known, type PickerContext, type Step } from './walk.ts';

/** What happened at the provider: an event, or a scenario of several. */
export const askEvent: Step = async (picks, picker) => {
	const { provider } = picks;
	if (picks.what !== undefined && picks.isQuick) return known(picks);
	if (provider === undefined) throw new Error('the provider is asked first');
	const { options, offered } = eventSearch(provider.id, picker.here.catalogue);
	// Where the provider was not asked, this is the first question.
	const again = providersOffered(picker).length === 1 ? firstOf(picker) : [];
	const search: SearchMenu<Picked | 'again'> = {
		...{ message: 'Event or scenario', trail: trailOf(picks) },
		options: [...again, ...options],
		offered,
	};
	const answer = await picker.asker.find(search);
	if (answer === back) return back;
	if (answer === 'again') return asked(asLastTime(picks, picker));
	const ways = answer.kind === 'event' ? firstWays(answer.event, picker) : asUsual;
	return asked({ ...picks, what: answer, ways });
};

/** For a `fire` that names no event: scenarios are run, not fired. */
export const askEventAlone: Step = async (picks, picker) => {
	const { provider } = picks;
	if (provider === undefined) throw new Error('the provider is asked first');
	const { catalogue } = picker.here;
	const found = eventSearch(provider.id, { events: catalogue.events, scenarios: [] });
	const search = { message: 'Event', trail: trailOf(picks), ...found };
	const what = await picker.asker.find(search);
	return what === back ? back : asked({ ...picks, what });
};

/** Letters are searched for here: it is the first that Enter takes. */
const firstOf = (picker: PickerContext): Option<Picked | 'again'>[] =>
	againOption<Picked | 'again'>(picker, 'again').map((option) => ({ ...option, key: undefined }));
