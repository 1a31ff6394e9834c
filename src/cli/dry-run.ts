import type { PreparedFire } from '../engine/fire.ts';
import { told } from '../model/words.ts';
import { shownJson } from '../report/json/callback-json.ts';
import { safeJson } from '../report/safe/escape.ts';
import { requestLines } from '../report/text/exchange-text.ts';
import { orderText } from '../report/text/order-text.ts';
import type { CliContext } from './cli-context.ts';
import type { CommonFlags } from './options/common-flags.ts';
import { flagWords } from './options/words.ts';
import { painterFor } from './paint.ts';

/** What would be sent, a callback a line with `--json`; nothing is. */
export function dryRun({ composed }: PreparedFire, flags: CommonFlags, context: CliContext): 0 {
	const now = context.clock.now();
	const paint = painterFor(context.stdout, context, flags.color);
	for (const item of composed) {
		for (const warning of item.warnings)
			context.stderr.write(`warning: ${told(warning, flagWords)}\n`);
		if (flags.json === true) {
			const { event: _, v, ...shown } = shownJson(item, now);
			const line = { v, type: 'composed', event: item.event.id, order: item.order, ...shown };
			context.stdout.write(`${context.mask(safeJson(line))}\n`);
			continue;
		}
		const order = orderText(item.order);
		const { method, url, body } = item.request;
		const sent = { method, url: url.href, headers: item.request.headersAt(now), body };
		const lines = [
			`${paint.bold(item.event.id)} ${paint.dim('→')} ${item.target}`,
			...(order === undefined ? [] : [`  ${paint.cyan(order)}`]),
			...requestLines(sent, context.mask).map((line) => `    ${paint.dim('│')} ${line}`),
		];
		context.stdout.write(`${lines.map(context.mask).join('\n')}\n`);
	}
	const count = composed.length === 1 ? '1 callback' : `${composed.length} callbacks`;
	if (flags.json !== true) context.stdout.write(`${count} composed, nothing sent\n`);
	return 0;
}
