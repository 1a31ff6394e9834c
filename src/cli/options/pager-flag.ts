import { alone } from './flag.ts';
import { group } from './reading-flags.ts';

export const pagerFlag = alone(
	'--no-pager',
	'all at once, however long (PAGER names another than less)',
	group,
);
