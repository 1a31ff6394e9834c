import { facts } from './facts.ts';

/** What is wrong with the number of a bank account, as Rails words it. */
export function accountFlaws(account: string | undefined): string[] {
	const { least, most } = facts.rules.account;
	const length = account?.length ?? 0;
	return [
		...(account === undefined ? ["can't be blank"] : []),
		...(length < least ? [`is too short (minimum is ${least} characters)`] : []),
		...(length > most ? [`is too long (maximum is ${most} characters)`] : []),
		...(/^\d+$/.test(account ?? '') ? [] : ['is not a number']),
	];
}
