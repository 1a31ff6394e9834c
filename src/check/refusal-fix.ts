import { answerText } from '../answer/answer-text.ts';
import { unparsedText } from '../answer/unparsed-text.ts';
import { environmentName } from '../compose/credentials.ts';
import { answerTo } from './answer-to.ts';
import type { CheckContext } from './check-context.ts';
import type { FirstContact } from './first-contact.ts';

/**
 * What to try first where every genuine callback is refused, by its status and by whose key it was
 * signed with; undefined where the rule's own advice is the best there is.
 */
export function refusalFix(
	{ successes: [first] }: FirstContact,
	{ subject, settings }: CheckContext,
): string | undefined {
	const answer = first === undefined ? undefined : answerTo(first);
	if (answer === undefined) return undefined;
	const { status } = answer;
	const { target, message, signature } = subject;
	const unparsed = unparsedText(answerText(answer), message);
	if (unparsed !== undefined) return unparsed;
	if (status === 404 || status === 405)
		return `Check the path: ${message.method} ${target.pathname} is what was asked. If it is right, take callbacks about any order.`;
	if (status >= 500)
		return 'It fails on a callback as the provider sends it: its answer, or its log, says where.';
	if (signature === 'none')
		return 'Read the body as its content type says, and acknowledge it: nothing is signed.';
	return [400, 401, 403].includes(status) ? keyFix({ subject, settings }) : undefined;
}

/** What to try where the receiver seems to know another key; undefined where nothing is signed. */
export function keyFix({
	subject: { provider, signature },
	settings,
}: Pick<CheckContext, 'subject' | 'settings'>): string | undefined {
	if (signature === 'none') return undefined;
	const names = Object.keys(provider.credentials);
	const variables = names.map((name) => environmentName(provider.id, name)).join(' and ');
	const isOwn = names.some((name) => settings.credentials(name).origin === 'own');
	return isOwn
		? `Compare the receiver's key with ${variables}, then the fields it signs: callsim show <event> --explain prints them.`
		: `It was signed with callsim's own key: yours goes into ${variables}. With the right key: callsim show <event> --explain.`;
}
