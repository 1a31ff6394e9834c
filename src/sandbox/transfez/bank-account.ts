import type { Box, Call, Endpoint } from '../provider.ts';
import { accountFlaws } from './account-flaws.ts';
import { accountError, json } from './answers.ts';
import { banks, facts } from './facts.ts';
import { unauthorized } from './login.ts';
import { codeOfAccount } from './transfer.ts';

export const validateBankAccount: Endpoint = {
	title: 'whose a bank account is; ?bank_name=…&account_number=…',
	method: 'GET',
	paths: ['/api/v1/validation_bank_account'],
	claim: ['documented', 'validation', 'the page has it in message, clients read data: here both'],
	answer(call, box) {
		const closed = unauthorized(call, box);
		if (closed !== undefined) return closed;
		const bank = call.query.get('bank_name') ?? '';
		const account = call.query.get('account_number') ?? '';
		const flaws = flawsOf(bank, account);
		const name = holderOf(bank.toLowerCase(), account, box);
		if (flaws.length === 0 && name === undefined) flaws.push('Account does not exist');
		if (flaws.length > 0 || name === undefined) return told(flaws.join(', '), call);
		const found = { account_no: account, bank_name: bank, account_name: name };
		return json(200, { status: 200, message: found, data: found });
	},
};

function told(errors: string, call: Call) {
	call.note(errors);
	return accountError(errors);
}

function flawsOf(bank: string, account: string): string[] {
	const known = banks.some(({ name }) => name === bank.toLowerCase());
	const unknown = known ? [] : ['Bank is not included in the list'];
	const flaws = accountFlaws(account === '' ? undefined : account);
	return [
		...(bank === '' ? ["Bank can't be blank"] : unknown),
		...(flaws.length > 0 ? [`Account ${flaws.join(', ')}`] : []),
	];
}

function holderOf(bank: string, account: string, { settings }: Box): string | undefined {
	const { simulators } = facts.accounts;
	const simulator = simulators.find((one) => one.bank === bank && one.account === account);
	const code = codeOfAccount(account);
	if (simulator !== undefined) return simulator.name;
	if (code !== undefined) return `Declined ${code}`;
	return settings.variants.includes('any-account') ? `Account ${account}` : undefined;
}
