import { createHash, hash } from 'node:crypto';
import type { SignatureRule } from '../model/provider.ts';

/** Signs one text after another in a buffer of its own. */
export interface Signer {
	/** Where the text is to be put, as UTF-8. */
	text(length: number): Uint8Array;
	/** The signature of what stands there. */
	sign(): string;
}

/** Bytes of a block (RFC 2104). */
const blockOf = (algorithm: string): number => (algorithm === 'sha512' ? 128 : 64);

/**
 * The same value as `createHmac` or `createHash` gives, with single calls over a key that is laid
 * out once: half of what an HMAC costs is making its object. Undefined for what is no hash.
 */
export function signerFor(rule: SignatureRule, key: string | Uint8Array): Signer | undefined {
	const [first = '', second] = rule.algorithm.split('-');
	if (first !== 'hmac' && second !== undefined) return undefined;
	const algorithm = second ?? first;
	const prefix = rule.prefix ?? '';
	const block = second === undefined ? 0 : blockOf(algorithm);
	const padded = keyBlock(key, algorithm, block);
	const outer = Buffer.alloc(block + createHash(algorithm).digest().length);
	outer.set(padded.map((byte) => byte ^ 0x5c));
	let inner = Buffer.alloc(0);
	let text = inner;
	return {
		text(length) {
			if (inner.length !== block + length) {
				inner = Buffer.alloc(block + length);
				inner.set(padded.map((byte) => byte ^ 0x36));
				text = inner.subarray(block);
			}
			return text;
		},
		sign() {
			if (second === undefined) return prefix + hash(algorithm, inner, rule.as);
			outer.write(hash(algorithm, inner, 'latin1' as 'hex'), block, 'latin1');
			return prefix + hash(algorithm, outer, rule.as);
		},
	};
}

function keyBlock(key: string | Uint8Array, algorithm: string, block: number): Uint8Array {
	const bytes = typeof key === 'string' ? Buffer.from(key, 'utf8') : key;
	const padded = new Uint8Array(block);
	if (block > 0)
		padded.set(bytes.length > block ? createHash(algorithm).update(bytes).digest() : bytes);
	return padded;
}
