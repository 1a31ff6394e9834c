// The peer of bench/check.mjs: so many requests one after the other, a connection each, nothing
// else.
import { request } from 'node:http';

const [url, count] = process.argv.slice(2);
for (let at = 0; at < Number(count); at++) {
	await new Promise((resolve, reject) => {
		request(url, { agent: false }, (response) => response.resume().once('end', resolve))
			.once('error', reject)
			.end();
	});
}
