import { expect, test } from 'vitest';
import { Secret } from '../../src/model/secret.ts';
import { composed } from '../support/catalogue.ts';
import { judged } from '../support/verify.ts';

const keyed = (key: string) => ({ credentials: (name: string) => new Secret(name, key, 'own') });

test('a forgery is one under a damaged key, too', async () => {
	const item = await composed('bayarcash/receipt-success', { tamper: ['amount=1.00'] });
	expect((await judged(item, keyed('a key of mine\n'))).cause).not.toBe('key-damaged');
});
