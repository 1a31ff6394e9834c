import type { Millis } from '../model/duration.ts';
import type { ReachSettings, Settings } from '../model/settings.ts';
import type { OrderAccess } from '../order/access.ts';

/** What a check is told. */
export interface CheckSettings
	extends Pick<
			Settings,
			| 'to'
			| 'returnTo'
			| 'auth'
			| 'encoding'
			| 'add'
			| 'amount'
			| 'seed'
			| 'credentials'
			| 'headers'
			| 'timeout'
		>,
		Pick<Settings, 'waitFor' | 'providers'>,
		ReachSettings {
	readonly probe?: OrderAccess | undefined;
	readonly setup?: OrderAccess | undefined;
	readonly probeIgnore?: readonly string[] | undefined;
	readonly orders?: readonly string[] | undefined;
	/** How made-up references look: `INV/{year}/{n}`. */
	readonly reference?: string | undefined;
	readonly settle?: Millis | undefined;
	readonly only?: readonly string[] | undefined;
	readonly skip?: readonly string[] | undefined;
	readonly failOn?: 'must' | 'should' | undefined;
	readonly slow?: boolean | undefined;
}
