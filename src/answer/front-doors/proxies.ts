import type { FrontDoorSign } from '../front-door-sign.ts';

const plainHttp =
	/plain HTTP request was sent to HTTPS port|speaking plain HTTP to an SSL-enabled server port|Client sent an HTTP request to an HTTPS server|combination of host and port requires TLS/i;

/** Servers, tunnels and services that stand before the application. */
export const proxyDoors: readonly FrontDoorSign[] = [
	{
		kind: 'tls',
		is: ({ status, text }) => status === 400 && plainHttp.test(text),
		sentence: (_answer, { host }) => `That port speaks TLS: use https://${host}.`,
	},
	{
		kind: 'throttle',
		is: ({ status }) => status === 429,
		sentence({ header }) {
			const wait = header('retry-after');
			const how = wait === '' ? '' : ` (retry-after: ${wait})`;
			return `The receiver throttles${how}: wait, or lift the limit for this path.`;
		},
	},
	{
		kind: 'proxy',
		is: ({ header, text }) =>
			/challenge/i.test(header('cf-mitigated')) ||
			/<title>(Just a moment|Attention Required)/i.test(text),
		sentence: () =>
			'Cloudflare asks for a browser: no callback passes that. Except this path from the challenge.',
	},
	{
		kind: 'proxy',
		is: ({ text }) => /ERR_NGROK_\d+/.test(text),
		sentence({ text }) {
			const [code = ''] = /ERR_NGROK_\d+/.exec(text) ?? [];
			return `ngrok answers, not your receiver (${code}): aim at your own port instead, no tunnel is needed.`;
		},
	},
	{
		kind: 'proxy',
		is: ({ header }) => /^AirTunes/i.test(header('server')),
		sentence: () =>
			"Port 5000 is macOS' AirPlay receiver, not yours: use another port, or switch AirPlay Receiver off.",
	},
];
