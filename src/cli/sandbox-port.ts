import { resolve } from 'node:path';
import { Problem } from '../model/problem.ts';
import { textOfFile } from '../model/text-file.ts';
import { readBytes } from '../settings/files.ts';
import type { CliContext } from './cli-context.ts';
import type { SandboxFlags } from './options/sandbox-flags.ts';

/** Certificate and key, PEM. @throws Problem */
export function tlsOf({ cert, key }: SandboxFlags, { cwd }: Pick<CliContext, 'cwd'>) {
	if (cert === undefined && key === undefined) return undefined;
	if (cert === undefined || key === undefined)
		throw new Problem('usage', '--cert and --key belong together', { hint: 'Give both, or none.' });
	const read = (path: string) => textOfFile(readBytes(resolve(cwd, path), path), path);
	return { cert: read(cert), key: read(key) };
}

/** Why nobody can be listened for there. */
export function notOpened(host: string, port: number, cause: NodeJS.ErrnoException): Problem {
	const where = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
	if (/^ERR_(OSSL|SSL)/.test(cause.code ?? ''))
		return new Problem(
			'file-unreadable',
			`--cert and --key are no certificate and its key (${cause.code})`,
			{
				hint: 'Give PEM files: -----BEGIN CERTIFICATE-----, -----BEGIN PRIVATE KEY-----.',
				cause,
			},
		);
	return new Problem('port-unavailable', `cannot listen on ${where} (${cause.code})`, {
		hint:
			cause.code === 'EADDRINUSE'
				? 'Is another sandbox running? Use --port 0 for any free port.'
				: 'Check --host and --port.',
		cause,
	});
}
