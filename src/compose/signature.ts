import { createHash, createHmac, createSign, type Sign } from 'node:crypto';
import { Problem } from '../model/problem.ts';
import type { SignatureRule } from '../model/provider.ts';
import type { SignatureTrace } from '../model/request.ts';
import { Secret, wrongKeyText } from '../model/secret.ts';
import { namesIn } from '../model/template.ts';
import type { ValueObject } from '../model/value.ts';
import { fill, type Scope } from './fill-template.ts';
import { segmentsOf, valueAt } from './path.ts';
import { phpText } from './print-value.ts';

/**
 * The signature over the values, or the written body, with everything that `--explain` shows.
 * @throws Problem `value-misfit` when a signed field is no single value
 */
export function signature(
	rule: SignatureRule,
	values: ValueObject,
	body: Uint8Array,
	scope: Scope,
	wrongKey: boolean,
): SignatureTrace {
	const credential = (name: string): Secret => {
		const real = scope.credential(name);
		return wrongKey && name === rule.key ? new Secret(name, wrongKeyText, 'simulator') : real;
	};
	const faulty: Scope = { ...scope, credential };
	const signed = signedText(rule, values, body, faulty, (secret) => secret.reveal());
	const shown = signedText(rule, values, body, faulty, (secret) => secret.shown());
	return {
		algorithm: rule.algorithm,
		fields: signedNames(rule),
		canonical: Buffer.from(shown).toString(),
		value: `${rule.prefix ?? ''}${digestOf(rule, signed, faulty)}`,
		into: rule.into,
		fault: wrongKey ? 'wrong-key' : undefined,
	};
}

export function signedNames({ over }: SignatureRule): string[] {
	if (over === 'body') return ['body'];
	return typeof over === 'string' ? namesIn(over) : [...over.fields];
}

function signedText(
	{ over }: SignatureRule,
	values: ValueObject,
	body: Uint8Array,
	scope: Scope,
	tell: (secret: Secret) => string,
): string | Uint8Array {
	if (over === 'body') return body;
	if (typeof over === 'string') {
		const text = Buffer.from(body).toString('utf8');
		const value = (path: string) =>
			valueAt(values, segmentsOf(path)) ??
			scope.value(path) ??
			(path === 'body' ? text : undefined);
		const what = 'the signed text';
		return phpText(fill(over, { ...scope, value }, { what, tell }), what);
	}
	return over.fields
		.map((field) => phpText(valueAt(values, segmentsOf(field)), field))
		.join(over.join);
}

function digestOf(rule: SignatureRule, signed: string | Uint8Array, scope: Scope): string {
	const [first = '', second] = rule.algorithm.split('-');
	const secret = rule.key === undefined ? undefined : scope.credential(rule.key);
	if (first === 'hmac' && second !== undefined)
		return createHmac(second, secret?.key() ?? '')
			.update(signed)
			.digest(rule.as);
	if (first === 'rsa' && second !== undefined)
		return rsaOf(createSign(second).update(signed), secret?.reveal() ?? '', rule);
	return createHash(first).update(signed).digest(rule.as);
}

/** @throws Problem `credential-invalid`, without the key */
function rsaOf(sign: Sign, key: string, { as, algorithm, key: name = '' }: SignatureRule): string {
	try {
		return sign.sign(key, as);
	} catch (cause) {
		throw new Problem(
			'credential-invalid',
			`${name} is no private key that ${algorithm} can sign with`,
			{
				hint: 'Give it in PEM, without a passphrase: -----BEGIN PRIVATE KEY-----',
				cause,
			},
		);
	}
}
