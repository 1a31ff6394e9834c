import early from '../client/early.js?bundled';
import script from '../client/inspector.js?bundled';
import style from '../style/inspector.css?bundled';
import { inspectorPaths } from './inspector-page.ts';

/** Path → what is served there. */
export const inspectorAssets: Readonly<Record<string, { type: string; text: string }>> = {
	[inspectorPaths.early]: { type: 'text/javascript; charset=utf-8', text: early },
	[inspectorPaths.script]: { type: 'text/javascript; charset=utf-8', text: script },
	[inspectorPaths.style]: { type: 'text/css; charset=utf-8', text: style },
};
