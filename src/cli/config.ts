import type { DeliveryFlags } from '../engine/flags.ts';
import { readDelivery } from '../engine/read-flags.ts';
import { parsePauses } from '../model/pauses.ts';
import { environmentFlags } from '../project/in-force.ts';
import { settingsTold } from '../project/settings-told.ts';
import { printableLine, safeJson } from '../report/safe/escape.ts';
import type { CliContext } from './cli-context.ts';
import { commandContext } from './command-context.ts';
import { painterFor } from './paint.ts';

/** @param isReal `--real-time` is a speed, whatever the environment says */
function refuseMeaningless({ speed, ...said }: DeliveryFlags, isReal: boolean): void {
	const { retry } = readDelivery({ ...said, ...(isReal || speed === undefined ? {} : { speed }) });
	if (retry !== 'provider') parsePauses(retry);
}

/** Every value in force, and where it comes from. */
export async function config(flags: DeliveryFlags, outer: CliContext): Promise<0> {
	const { context, project, catalogue } = await commandContext(flags, outer);
	refuseMeaningless({ ...environmentFlags(context.env), ...flags }, flags.realTime === true);
	const told = settingsTold(flags, project, catalogue, context);
	if (flags.json === true) {
		context.stdout.write(`${safeJson({ v: 1, file: project.path ?? null, settings: told })}\n`);
		return 0;
	}
	const paint = painterFor(context.stdout, context, flags.color);
	const width = (of: (setting: (typeof told)[number]) => string) => Math.max(...told.map((one) => of(one).length));
	const [name, value] = [
		width((one) => one.name),
		Math.min(
			60,
			width((one) => one.value),
		),
	];
	const lines = told.map((one) => {
		const from = one.from === 'built-in' ? paint.dim(one.from) : paint.cyan(one.from);
		return `${one.name.padEnd(name)}  ${printableLine(one.value).padEnd(value)}  ${from}`;
	});
	context.stdout.write(`${lines.join('\n')}\n`);
	return 0;
}
