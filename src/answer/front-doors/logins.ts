import type { AnswerText } from '../answer-text.ts';
import type { FrontDoorSign } from '../front-door-sign.ts';

const challenges = ({ header, status }: AnswerText, scheme: RegExp): boolean =>
	status === 401 && scheme.test(header('www-authenticate'));

const realmIn = (answer: AnswerText): string => {
	const [, realm] = /realm="?([^",]*)/i.exec(answer.header('www-authenticate')) ?? [];
	return realm === undefined || realm === '' ? '' : ` ("${realm}")`;
};

/** Who wants somebody to log in, where a provider never will. */
export const loginDoors: readonly FrontDoorSign[] = [
	{
		kind: 'login',
		is: (answer) => challenges(answer, /^basic\b/i),
		sentence: (answer) =>
			`A user name and password are asked for${realmIn(answer)}: a provider has none. Open this path, or send them: --header 'authorization: Basic …'.`,
	},
	{
		kind: 'login',
		is: (answer) => challenges(answer, /^bearer\b/i),
		sentence: (answer) =>
			`A token is asked for${realmIn(answer)}: a provider has none. Open this path, or send one: --header 'authorization: Bearer …'.`,
	},
	{
		kind: 'login',
		is: ({ status, header }) =>
			status >= 300 && status < 400 && /\/(log-?in|sign-?in|auth)\b/i.test(header('location')),
		sentence: ({ header }) =>
			`It redirects to a login (${header('location')}): take this path out of what needs one.`,
	},
	{
		kind: 'login',
		is: ({ isHtml, text }) => isHtml && /<input[^>]+type=["']?password/i.test(text),
		sentence: () => 'This is a login page for people: take this path out of what needs a login.',
	},
];
