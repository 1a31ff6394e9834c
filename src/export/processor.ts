import type { LoadTest } from './load.ts';

/** `processor.mjs`: what Artillery calls around a request. Plain code, to be read and changed. */
export function processorText({ events }: Pick<LoadTest, 'events'>): string {
	const table = Object.fromEntries(
		events.map(({ id, urlIs, acknowledge, referencePrefix, options }) => [
			id,
			{ urlIs, acknowledge, referencePrefix, options },
		]),
	);
	return `// A new, signed callback for every virtual user, and the provider's own rule for what counts as acknowledged.
// Written by "callsim export artillery". It is yours to change: it is never overwritten.
import { randomInt } from 'node:crypto';
import { compose } from 'callback-simulator';

// Keys are never in here. They come from the environment (CALLSIM_…); without them callsim's
// simulator keys sign.
const events = ${JSON.stringify(table, null, 2)};

// A reference that no other worker makes: milliseconds, a number of this worker's own, a count.
const worker = String(randomInt(1e6)).padStart(6, '0');
let made = 0;

function newReference(prefix) {
  made = (made + 1) % 1000;
  return prefix + Date.now() + worker + String(made).padStart(3, '0');
}

// "env:VARIABLE" in a header or a credential stands for what the environment says.
function fromEnvironment(text) {
  if (!text.startsWith('env:')) return text;
  const value = process.env[text.slice(4)];
  if (!value) throw new Error('the environment has no ' + text.slice(4));
  return value;
}

const read = (texts) => Object.fromEntries(Object.entries(texts ?? {}).map(([name, text]) => [name, fromEnvironment(text)]));

/**
 * Method, URL, headers and the exact bytes; a body that is a Buffer is what Artillery leaves as it
 * is.
 */
export async function composeCallback(request, context) {
  const { urlIs, referencePrefix, options } = events[request.name];
  // Orders of your own, from a CSV file with the fields reference and amount (config.payload), come first.
  const { reference, amount } = context.vars;
  const own = referencePrefix === undefined ? options.ref : newReference(referencePrefix);
  const callback = await compose(request.name, {
    ...options,
    fresh: true,
    ref: reference === undefined ? own : String(reference),
    amount: amount ?? options.amount,
    headers: read(options.headers),
    credentials: options.credentials && read(options.credentials),
    env: process.env,
    [urlIs]: request.url,
  });
  request.method = callback.method;
  request.url = callback.url;
  request.headers = callback.headers;
  if (callback.body !== undefined) request.body = Buffer.from(callback.body);
}

/**
 * Counts what the provider would take for delivered; artillery.yml wants that of every callback.
 */
export async function judgeAnswer(request, response, _context, metrics) {
  const { status, body } = events[request.name].acknowledge;
  const code = String(response.statusCode);
  const fits = (wanted) => (wanted.endsWith('xx') ? wanted[0] === code[0] : wanted === code);
  const acknowledged = status.some(fits) && (body === undefined || String(response.body).trim() === body);
  metrics.emit('counter', 'callsim.acknowledged', acknowledged ? 1 : 0);
  metrics.emit('counter', 'callsim.not_acknowledged', acknowledged ? 0 : 1);
}
`;
}
