import { request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';
import { isLocalAddress, isLocalhostName } from '../delivery/address.ts';
import { Problem } from '../model/problem.ts';

export interface Asked {
	readonly method: string;
	/** Below the sandbox's own addresses. */
	readonly path: string;
	readonly body: string | undefined;
}

export interface AnsweredText {
	readonly status: number;
	readonly text: string;
}

/**
 * Asks a sandbox on this machine; where it speaks HTTPS, whatever its certificate says: nothing
 * secret is sent.
 * @throws Problem where none is there
 */
export async function askSandbox(host: string, port: number, asked: Asked): Promise<AnsweredText> {
	if (!isLocalAddress(host) && !isLocalhostName(host))
		throw new Problem('usage', `--host "${host}" is not on this machine`, {
			hint: 'Controls answer callers on their own machine alone: leave --host out.',
		});
	try {
		// A port that speaks TLS hangs up, or answers what is no HTTP.
		return await exchanged(overHttp, host, port, asked).catch((error: NodeJS.ErrnoException) => {
			if (error.code === 'ECONNREFUSED') throw error;
			return exchanged(overHttps, host, port, asked);
		});
	} catch (cause) {
		throw new Problem('usage', `no sandbox answers at port ${port} of ${host}`, {
			hint: 'Start one with callsim sandbox, or name its --port.',
			cause,
		});
	}
}

function exchanged(
	request: typeof overHttps,
	host: string,
	port: number,
	{ method, path, body }: Asked,
): Promise<AnsweredText> {
	return new Promise((resolve, reject) => {
		const headers = body === undefined ? {} : { 'content-type': 'application/json' };
		const asked = request({ host, port, method, path, headers, rejectUnauthorized: false });
		asked.once('error', reject).once('response', (response) => {
			let text = '';
			response
				.setEncoding('utf8')
				.on('data', (chunk: string) => (text += chunk))
				.once('error', reject)
				.once('end', () => resolve({ status: response.statusCode ?? 0, text }));
		});
		asked.end(body);
	});
}
