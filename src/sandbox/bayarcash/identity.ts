import type { ValueObject } from '../../model/value.ts';
import { facts } from './facts.ts';
import type { Attempt } from './intent.ts';

/** What an intent with `verify_identity` says of the payer: nothing before he has paid. */
export const identityOf = ({ status, said }: Pick<Attempt, 'status' | 'said'>): ValueObject =>
	said?.identity ?? (status === 3 ? facts.rules.identity.paid : facts.rules.identity.otherwise);
