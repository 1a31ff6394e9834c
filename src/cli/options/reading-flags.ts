import type { ReadSettings } from '../../model/settings.ts';
import { type FlagsOf, text } from './flag.ts';

export const group = 'Output and input:';

/** What is read beside the command line. */
export const readingFlags: FlagsOf<ReadSettings> = {
	providers: text('--providers <folder>', 'providers of your own, beside the built-in ones', group),
	config: text('--config <file>', 'the project file (default: the nearest callsim.yaml)', group),
	envFile: text('--env-file <file>', 'environment variables; those that are set win', group),
};
