import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { scratch } from '../../support/scratch.ts';
import { serve } from '../../support/server.ts';
import { inTmux } from '../../support/tmux.ts';
import { needs } from '../../support/tools.ts';

const secret = 'MARKED-picker-1a2b';

test.skipIf(!needs('tmux'))(
	'no screen of the picker and nothing that it keeps holds a key, whatever the receiver repeats',
	async () => {
		const { url, seen } = await serve((one, response) =>
			response.writeHead(500).end(`${secret} ${JSON.stringify(one.headers)}`),
		);
		const cwd = scratch();
		const env = {
			CALLSIM_BAYARCASH_SECRET_KEY: secret,
			CALLSIM_NO_JOURNAL: '',
			XDG_STATE_HOME: join(cwd, 'state'),
			XDG_CONFIG_HOME: join(cwd, 'config'),
		};
		const terminal = await inTmux(`--to ${url} --retry none`, { cwd, env, rows: 60, columns: 160 });
		const screens = [await terminal.shows('Provider')];
		await terminal.press('Enter');
		screens.push(await terminal.shows('Event or scenario'));
		await terminal.type('success');
		screens.push(await terminal.shows(/❯ transaction-success/));
		await terminal.press('Enter');
		screens.push(await terminal.shows('Send it'));
		await terminal.press('Enter');
		screens.push(await terminal.shows('not acknowledged'));
		await terminal.press('C-c');
		screens.push((await terminal.ended()).screen);
		expect(seen).toHaveLength(1);
		expect(screens.join('\n')).toContain('[secret:secret_key]');
		expect(screens.join('\n')).not.toContain(secret);
		const kept = readdirSync(cwd, { recursive: true, encoding: 'utf8' })
			.map((name) => join(cwd, name))
			.filter((file) => statSync(file).isFile());
		expect(kept.length).toBeGreaterThan(0);
		for (const file of kept) expect(readFileSync(file, 'latin1'), file).not.toContain(secret);
	},
);
