import type { CliContext } from '../cli-context.ts';
import type { CommonFlags } from '../options/common-flags.ts';
import type { Asker } from './asker.ts';
import { PlainAsker } from './plain-asker.ts';
import { ScreenAsker } from './screen-asker.ts';

/** Terminals that only print are asked line by line. */
export const askerFor = (context: CliContext, color: CommonFlags['color']): Asker =>
	context.env['TERM'] === 'dumb' ? new PlainAsker(context) : new ScreenAsker(context, color);
