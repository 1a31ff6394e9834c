import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { runLine } from '../options/print.ts';
import { toldFiles, writeNewFiles } from '../write-new.ts';
import { back } from './asker.ts';
import { nameOf } from './offer-events.ts';
import { type Picks, trailOf } from './picks.ts';
import { type SavedStep, scenarioText } from './scenario-text.ts';
import type { PickerContext } from './walk.ts';

/** Writes what was sent about this order into a file that `run` reads; nothing is overwritten. */
export async function saveScenario(
	steps: readonly SavedStep[],
	picks: Picks,
	{ asker, here }: PickerContext,
): Promise<void> {
	const { provider, to } = picks;
	const last = steps.at(-1);
	if (provider === undefined || to === undefined || last === undefined) return;
	const { context, project } = here;
	const folder = project.path === undefined ? context.cwd : dirname(project.path);
	const initial = free(`scenarios/${provider.id}-${nameOf(last.event)}`, folder);
	const path = await asker.line({
		...{ message: 'Scenario file', trail: trailOf(picks), initial },
		wrongWith: (text) => {
			if (!/\.(ya?ml|json)$/.test(text.trim())) return 'Its name ends in .yaml.';
			return existsSync(resolve(folder, text.trim())) ? 'That file is there already.' : undefined;
		},
	});
	if (path === back) return;
	const file = resolve(folder, path.trim());
	const written = writeNewFiles([[file, scenarioText(provider, steps)]], context.cwd);
	const [{ path: short } = { path }] = written;
	context.stderr.write(`${toldFiles(written)}run it: ${runLine(short, to)}\n\n`);
}

/** The first of these names that is free: `….yaml`, `…-2.yaml` */
function free(name: string, folder: string): string {
	for (let at = 1; ; at++) {
		const path = `${name}${at === 1 ? '' : `-${at}`}.yaml`;
		if (!existsSync(resolve(folder, path))) return path;
	}
}
