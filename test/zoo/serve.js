// Starts one receiver of the zoo, to try `check` on: npm run zoo -- bayarcash/missing-checksum-skips [port]
import sqlite from 'node-sqlite3-wasm';
import { startShop } from './start.js';

const [name = 'careful/bayarcash', port = '3000'] = process.argv.slice(2);
const [room, file = ''] = name.split('/');
const provider = room === 'careful' ? file : room;
const { schema, receiver } = await import(new URL(`./${room}/${file}.js`, import.meta.url).href);

/** The careful ones keep their orders in SQLite, the others in the shop's own map. */
function shopInSqlite() {
	const database = new sqlite.Database();
	database.exec(schema);
	const shop = {
		create: (reference, amount) =>
			database.run('insert or replace into orders (reference, amount) values (?, ?)', [
				reference,
				amount,
			]),
		show: (reference) =>
			database.get('select * from orders where reference = ?', [reference]) ?? undefined,
	};
	return [(_shop, keys) => receiver(database, keys), shop];
}

const [makeReceiver, shop] = schema === undefined ? [receiver] : shopInSqlite();
const { url } = await startShop(provider, makeReceiver, shop, Number(port));
process.stdout.write(
	`${name} listens on ${url}\n  callsim check ${provider} --to ${url}/callback --setup-url '${url}/setup/{reference}?amount={amount}' --probe-url '${url}/orders/{reference}'\n`,
);
