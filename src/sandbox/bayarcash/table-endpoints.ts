import { createHash } from 'node:crypto';
import type { Endpoint } from '../provider.ts';
import { ok, unauthenticated } from './answers.ts';
import { facts } from './facts.ts';

export const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

export const listBanks: Endpoint = {
	title: 'FPX banks: a bare list',
	method: 'GET',
	paths: ['/v3/banks', '/api/v2/banks'],
	claim: ['documented', 'api-docs'],
	answer: (call) =>
		unauthenticated(call) ??
		ok(
			facts.banks.fpx.map(({ code, name }) => ({
				bank_display_name: name,
				bank_name: name,
				bank_code: code,
				bank_code_hashed: md5(code),
				bank_availability: true,
			})),
		),
};

export const listDobwBanks: Endpoint = {
	title: 'banks and wallets of DuitNow online banking',
	method: 'GET',
	paths: ['/v3/duitnow/dobw/banks', '/api/v2/duitnow/dobw/banks'],
	claim: ['documented', 'api-docs'],
	answer: (call) =>
		unauthenticated(call) ??
		ok(
			facts.banks.dobw.map(({ code, name }) => ({
				bank_name: name,
				bank_code: code,
				bank_availability: true,
			})),
		),
};

export const up: Endpoint = {
	title: 'whether it is there',
	method: 'GET',
	paths: ['/v3/up'],
	claim: ['documented', 'php-sdk', 'newer releases'],
	answer: () => ({ status: 200, text: 'OK' }),
};
