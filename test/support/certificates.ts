import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { scratch } from './scratch.ts';

export interface Certificate {
	readonly key: Buffer;
	readonly cert: Buffer;
}

/** An authority of the test's own, and what it signs. */
export interface Authority {
	/** Its certificate's file, for NODE_EXTRA_CA_CERTS. */
	readonly file: string;
	/** @param days until it ends; less than none for one that has */
	sign(name: string, days?: number): Certificate;
}

const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];

/** Made by openssl in a folder that goes with the test. */
export function authority(): Authority {
	const folder = scratch();
	const at = (name: string) => join(folder, name);
	const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'ignore' });
	const own = ['-keyout', at('ca.key'), '-out', at('ca.pem'), '-days', '1'];
	openssl('req', '-x509', ...curve, ...own, '-subj', '/CN=callsim test');
	return {
		file: at('ca.pem'),
		sign(name, days = 1) {
			const wanted = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name}`];
			openssl('req', ...curve, '-keyout', at('key'), '-out', at('csr'), ...wanted);
			const by = ['-CA', at('ca.pem'), '-CAkey', at('ca.key'), '-days', String(days)];
			const what = ['-in', at('csr'), '-out', at('cert'), '-copy_extensions', 'copy'];
			openssl('x509', '-req', ...what, ...by);
			return { key: readFileSync(at('key')), cert: readFileSync(at('cert')) };
		},
	};
}
