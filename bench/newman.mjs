// Newman, installed into a folder of its own, and collections for it.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** @returns the file that starts it; null where it cannot be installed */
export function newmanIn(folder) {
	const { status } = spawnSync(
		'npm',
		['install', '--silent', '--no-audit', '--no-fund', '--prefix', folder, 'newman@6'],
		{ stdio: 'ignore' },
	);
	return status === 0 ? join(folder, 'node_modules', 'newman', 'bin', 'newman.js') : null;
}

/** As many times the same request. @returns the file */
export function collectionIn(folder, { url, body, count }) {
	const item = {
		name: 'callback',
		request: {
			method: 'POST',
			url,
			header: [{ key: 'content-type', value: 'application/x-www-form-urlencoded' }],
			body: { mode: 'raw', raw: body },
		},
	};
	const schema = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';
	const all = { info: { name: 'bench', schema }, item: Array.from({ length: count }, () => item) };
	const file = join(folder, `collection-${count}.json`);
	writeFileSync(file, JSON.stringify(all));
	return file;
}
