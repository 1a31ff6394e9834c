import { clientCopy } from './client-copy.ts';
import { clientExchange } from './client-exchange.ts';
import { clientFilter } from './client-filter.ts';
import { clientKeys } from './client-keys.ts';
import { clientPrint } from './client-print.ts';
import { clientReveal } from './client-reveal.ts';
import { clientTheme } from './client-theme.ts';
import { clientTooltip } from './client-tooltip.ts';
import { clientUnfold } from './client-unfold.ts';

/*
 * The page's scripts are text, because they run somewhere else: a bundler would rename what they call. Each part is a
 * list of declarations in one common scope; they reach the page's data through textContent alone.
 */
const scoped = (parts: readonly string[]): string => `(() => {\n'use strict';\n${parts.join('')}})();`;

/** Runs before anything is drawn, so that nothing has to be drawn twice. */
export const early = scoped([clientTheme]);

/** Runs once the page is there. */
export const late = scoped([
	clientExchange,
	clientUnfold,
	clientFilter,
	clientReveal,
	clientKeys,
	clientCopy,
	clientTooltip,
	clientPrint,
]);
