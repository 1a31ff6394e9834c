import type { RuleCase } from '../case.ts';
import type { Rule } from '../rule.ts';
import type { Subject } from '../subject.ts';
import { fieldsWith } from './free-texts.ts';
import { owasp } from './sources.ts';
import { genuine } from './steps.ts';

/** Every field that people or banks fill in, one after the other, with each of these texts. */
function eachText(texts: Readonly<Record<string, string>>) {
	return (subject: Subject): readonly RuleCase[] | string => {
		const cases = Object.entries(texts).flatMap(([about, text]) =>
			fieldsWith(text, subject).map(({ field, written }) =>
				genuine(`${about} in ${field}`, subject, { set: [`${field}=${written}`] }),
			),
		);
		return cases.length > 0 ? cases : 'the messages carry no free text';
	};
}

const longName =
	'Wan Nur Ain Syahirah binti Tengku Wan Mohd Zulkarnain Shah @ Siti Nurhaliza, Kedai Kopi Pak Mat Enterprise';

/** What people write, in the fields where they write it. */
export const textRules: readonly Rule[] = [
	{
		id: 'text-blanks',
		title: 'Blanks inside of a text are kept as they are',
		level: 'must',
		why: 'A cleaning function that makes one blank of two changes what was signed: whoever typed two cannot pay.',
		hint: 'Verify the untouched values; tidy a text when you show it.',
		source: null,
		cases: eachText({
			'two blanks': 'Mohd  Ali bin   Abu',
			'a no-break space': 'Mohd\u00a0Ali',
		}),
	},
	{
		id: 'text-long',
		title: 'Long names and addresses are accepted',
		level: 'must',
		why: 'Cut to the length of a column before the check, a long name has another signature; cut behind it, the database answers 500.',
		hint: 'Verify what came; cut, if you must, when you store it.',
		source: null,
		cases: eachText({ 'a long text': longName }),
	},
	{
		id: 'text-entities',
		title: 'Texts that look like markup are taken as texts',
		level: 'must',
		why: 'Decoding, escaping or stripping tags before the check changes what was signed; &amp; is what somebody typed.',
		hint: 'No cleaning before the check; escape when you print.',
		source: owasp,
		cases: eachText({
			'a literal entity': 'Tom &amp; Jerry &#39;s',
			'a comparison': 'Kedai 1 < 2 > 0',
			'a plus and capitals': 'KEDAI A+B sdn bhd',
		}),
	},
	{
		id: 'text-line-break',
		title: 'A line break in a text is accepted',
		level: 'should',
		why: 'Forms of banks and shops let one through; whoever reads lines, or trims them, verifies another text.',
		hint: 'Verify the untouched value.',
		source: null,
		cases: eachText({
			'a line break': 'Kedai Ali\nSdn Bhd',
			'a Windows line break': 'Kedai\r\nAli',
		}),
	},
	{
		id: 'email-forms',
		title: 'E-mail addresses are taken as they were typed',
		level: 'must',
		why: 'Lower case, or a + that became a blank, and the signature is another: the payer with a tagged address cannot pay.',
		hint: 'Verify the untouched value; compare addresses in lower case elsewhere.',
		source: null,
		cases: (subject) => {
			const { email } = subject.message.roles;
			if (email === undefined) return 'the messages carry no e-mail address';
			return Object.entries({
				'a plus': 'ali+kedai@example.com',
				capitals: 'Nur.Ain@Example.COM',
				'an apostrophe': "o'brien@example.com",
				'a long address': `${'nur.ain.syahirah.binti.abdullah'.repeat(2).slice(0, 60)}@mail.example.com.my`,
			}).map(([about, address]) =>
				genuine(`${about} in ${email}`, subject, { set: [`${email}=${address}`] }),
			);
		},
	},
];
