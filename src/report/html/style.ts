import { styleBanner } from './style-banner.ts';
import { styleBase } from './style-base.ts';
import { styleCases } from './style-cases.ts';
import { styleExchange } from './style-exchange.ts';
import { styleLarge } from './style-large.ts';
import { styleList } from './style-list.ts';
import { stylePrint } from './style-print.ts';
import { styleTimeline } from './style-timeline.ts';
import { styleToolbar } from './style-toolbar.ts';

/** The page's only style sheet; its hash stands in the page's policy. */
export const style = [
	styleBase,
	styleBanner,
	styleToolbar,
	styleList,
	styleCases,
	styleTimeline,
	styleExchange,
	styleLarge,
	stylePrint,
].join('');
