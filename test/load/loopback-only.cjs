// Loaded before a program (NODE_OPTIONS=--require=…): refuses every connection beyond this machine, and notes the attempt.
'use strict';
const { appendFileSync } = require('node:fs');
const { Socket } = require('node:net');

const { connect } = Socket.prototype;
Socket.prototype.connect = function guarded(...args) {
	const [options] = Array.isArray(args[0]) ? args[0] : args;
	const { host = 'localhost', path } = typeof options === 'object' ? options : { host: args[1] };
	if (path == null && !/^(127\.\d+\.\d+\.\d+|::1|localhost)$/.test(host)) {
		appendFileSync(process.env.LOOPBACK_LOG, `${host}\n`);
		throw new Error(`a connection to ${host} was tried`);
	}
	return connect.apply(this, args);
};
