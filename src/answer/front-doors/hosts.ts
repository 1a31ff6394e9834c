import type { FrontDoorSign } from '../front-door-sign.ts';

/** A framework's check of the Host header, by its words, and where the name is allowed. */
const refusals: readonly (readonly [words: RegExp, allow: (host: string) => string])[] = [
	[
		/Blocked hosts?:/i,
		(host) =>
			`Rails refuses the host name: config.hosts << "${host}" in config/environments/development.rb.`,
	],
	[
		/DisallowedHost|Invalid HTTP_HOST header/i,
		(host) => `Django refuses the host name: put "${host}" into ALLOWED_HOSTS.`,
	],
	[
		/This host \([^)]*\) is not allowed|server\.allowedHosts/i,
		(host) => `Vite refuses the host name: server: { allowedHosts: ['${host}'] } in vite.config.`,
	],
	[
		/Invalid Host header/i,
		(host) =>
			`The development server refuses the host name: devServer: { allowedHosts: ['${host}'] }.`,
	],
	[
		/Untrusted Host/i,
		(host) => `Symfony refuses the host name: put ${host} into framework.trusted_hosts.`,
	],
	[
		/Invalid Hostname/i,
		(host) => `ASP.NET or IIS refuses the host name: put ${host} into AllowedHosts.`,
	],
	[
		/Host not allowed/i,
		(host) => `Play refuses the host name: put "${host}" into play.filters.hosts.allowed.`,
	],
];

export const hostDoors: readonly FrontDoorSign[] = refusals.map(([words, allow]) => ({
	kind: 'host',
	is: ({ status, text }) => status >= 400 && status < 500 && words.test(text),
	sentence: (_answer, { hostname }) => allow(hostname),
}));
