import type { Command } from 'commander';
import { outcomesHelp } from '../help/outcomes.ts';
import { addCommonFlags, type CommonFlags } from './common-flags.ts';
import { define } from './define.ts';
import { deliveryFlags, reachFlags, realTimeFlag } from './delivery-flags.ts';
import { alone, text } from './flag.ts';
import { addJournalFlags, type JournalFlags } from './journal-flags.ts';
import { parsePort, usualPort } from './sandbox-port-flag.ts';
import { shapingFlags } from './shaping-flags.ts';

export interface SandboxFlags extends CommonFlags, JournalFlags {
	readonly port?: string;
	readonly host?: string;
	readonly callbackTo?: string;
	readonly outcome?: string;
	readonly state?: string;
	readonly cert?: string;
	readonly key?: string;
	readonly exec?: string;
	readonly list?: boolean;
	readonly after?: string;
	readonly times?: string;
	readonly tamper?: string;
	readonly unsigned?: boolean;
	readonly wrongKey?: boolean;
}

/** @throws Problem `usage` */
export const portOf = ({ port = usualPort }: SandboxFlags): number => parsePort(port, '--port');

const open = 'The sandbox:';
const decide = 'What happens:';
const control = 'With a control (settle, resend, fail …):';

export function addSandboxFlags(command: Command): Command {
	const { seed, now, credentials, variants, encoding } = shapingFlags;
	const { retry, speed, timeout, duplicate, returnTo, delay } = deliveryFlags;
	define(
		command,
		text('--port <n>', 'default 4848; 0 for any free one', open),
		text('--host <address>', 'default 127.0.0.1', open),
		text('--state <file>', 'keep everything there, and go on from it', open),
		text('--cert <file>', 'a certificate, for HTTPS', open),
		text('--key <file>', 'its key', open),
		text('--exec <command>', 'start the shop too, with CALLSIM_SANDBOX_URL set; end with it', open),
		alone('--list', 'every endpoint, answer and rule, and how far it can be trusted', open),
		text('--callback-to <url>', 'where callbacks go if the request names no address', decide),
		{
			...returnTo,
			about: "where the payer goes back to if the request doesn't say",
			group: decide,
		},
		text(
			'--outcome <word>',
			'success, failed, cancelled, pending, never or ask (default: ask in a terminal, else success)',
			decide,
		),
		{
			...delay,
			about: 'from the payer to the callback (default: 2s); 0: before the answer',
			group: decide,
		},
		...[retry, speed, realTimeFlag, timeout, duplicate].map((flag) => ({ ...flag, group: decide })),
		...[variants, encoding].map((flag) => ({ ...flag, group: decide })),
		{ ...seed, about: 'the same ids again', group: decide },
		{ ...now, about: 'when the clock starts', group: decide },
		credentials,
		...Object.values(reachFlags),
		text('--after <duration>', 'resend: wait so long first', control),
		text('--times <n>', 'resend, fail: so many', control),
		text('--tamper <field=value>', 'resend: change a field after signing', control),
		alone('--unsigned', 'resend: without the signature', control),
		alone('--wrong-key', 'resend: signed with another key', control),
	);
	return addJournalFlags(addCommonFlags(command)).addHelpText('after', controlsHelp);
}

const controlsHelp = `
Controls, from another terminal while it runs:
  callsim sandbox orders                    every order and its state
  callsim sandbox order <order>             what happened to it
  callsim sandbox settle <order> <outcome>  decide about it
  callsim sandbox deliveries [order]        what was sent and answered
  callsim sandbox resend <order>            its last callback again (--times 2)
  callsim sandbox advance 10m               let time pass
  callsim sandbox fail <how>                500, 429, timeout or reset next time
  callsim sandbox balance <provider>        a deposit: iak, khoins, transfez
  callsim sandbox balance iak 250000        so much from now on
  callsim sandbox reset                     forget everything

${outcomesHelp}`;
