import type { Command } from 'commander';
import { addCommonFlags } from './common-flags.ts';
import { define } from './define.ts';
import { alone, text, texts } from './flag.ts';
import { addJournalFlags } from './journal-flags.ts';

const listen = 'Listen:';

export function addListenFlags(command: Command): Command {
	define(
		command,
		text('--port <n>', 'default 4747; 0 for any free one', listen),
		text('--host <address>', 'default 127.0.0.1', listen),
		text('--path <path>', 'answer 404 everywhere else', listen),
		text('--answer <statuses>', 'statuses in turn, the last for ever: 500,500,200', listen),
		texts('--answer-for <reference=statuses>', 'the same for one reference', listen),
		text('--delay <duration>', 'before each answer', listen),
		text('--auth <name>', 'digest (default for Transfez: challenge) or none', listen),
	);
	define(
		command,
		text('--forward-to <url>', 'hand on what arrives, answer what the receiver answers', listen),
		alone('--allow-remote', 'hand on outside this machine and its private network, too', listen),
		alone('--insecure', 'hand on over TLS with any certificate', listen),
		text('--save <folder>', 'keep each arrival as a file, for verify and replay --from', listen),
	);
	define(
		command,
		alone('--page', 'the same as a page, live, on this machine alone', listen),
		text('--page-port <n>', 'of the page: default 4748; 0 for any free one', listen),
		texts('--credential <name=source>', 'a credential, as for fire', listen),
	);
	return addJournalFlags(addCommonFlags(command));
}
