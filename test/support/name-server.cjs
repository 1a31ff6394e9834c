// Loaded before the command (NODE_OPTIONS=--require=…): what names resolve to, so that no test asks a real name server.
// CALLSIM_TEST_NAMES: shop.test=203.0.113.9,… ; any other name is not found.
'use strict';
const dns = require('node:dns');

const known = new Map(
	(process.env.CALLSIM_TEST_NAMES ?? '').split(',').map((pair) => pair.split('=')),
);

dns.lookup = (hostname, _options, callback) => {
	const address = known.get(hostname);
	if (address === undefined)
		return process.nextTick(
			callback,
			Object.assign(new Error(`getaddrinfo ENOTFOUND ${hostname}`), { code: 'ENOTFOUND' }),
		);
	process.nextTick(callback, null, [{ address, family: 4 }]);
};
