import type { AnswerText } from '../answer-text.ts';
import type { FrontDoorSign } from '../front-door-sign.ts';

/** A framework's check for forged form posts, by its words, and how to except one route from it. */
const refusals: readonly (readonly [words: RegExp, sentence: string])[] = [
	[
		/Cross-site POST form submissions are forbidden/i,
		'SvelteKit or Astro refuses form posts without an Origin of its own: csrf: { checkOrigin: false } (SvelteKit), security: { checkOrigin: false } (Astro).',
	],
	[
		/CSRF verification failed|CSRF token missing|CSRF cookie not set/i,
		"403 is Django's CSRF check: put @csrf_exempt on this view.",
	],
	[
		/InvalidAuthenticityToken|Can't verify CSRF token authenticity/i,
		"422 is Rails' CSRF check: skip_before_action :verify_authenticity_token in this controller.",
	],
	[
		/Invalid CSRF Token '?null'?|Could not verify the provided CSRF token/i,
		"403 is Spring Security's CSRF check: csrf.ignoringRequestMatchers(…) for this path.",
	],
	[
		/invalid CSRF \(Cross Site Request Forgery\) token|Plug\.CSRFProtection/i,
		"403 is Phoenix' CSRF check: move the route out of the :browser pipeline.",
	],
	[
		/EBADCSRFTOKEN|invalid csrf token/i,
		'A CSRF middleware refuses it: put the route before that middleware.',
	],
	[
		/Missing (or incorrect )?CSRF (cookie|token)|CSRF token (from|mismatch)/i,
		'A CSRF check refuses it: except this route (CakePHP: skipCheckCallback of CsrfProtectionMiddleware).',
	],
	[
		/The CSRF token is (missing|invalid)/i,
		'A CSRF check refuses it: csrf.exempt (Flask-WTF), or csrf_protection: false.',
	],
	[
		/E_BAD_CSRF_TOKEN|Invalid or expired CSRF token/i,
		"It is AdonisJS' CSRF check: exceptRoutes in config/shield.ts.",
	],
	[
		/The action you requested is not allowed/i,
		"403 is CodeIgniter's CSRF check: except this path in Config/Filters.php.",
	],
	[
		/Unable to verify your data submission/i,
		"400 is Yii's CSRF check: enableCsrfValidation = false in this controller.",
	],
	[
		/anti-?forgery (cookie|token)/i,
		"It is ASP.NET's antiforgery check: [IgnoreAntiforgeryToken] on this action.",
	],
	[/No CSRF token found/i, "403 is Play's CSRF filter: + nocsrf before this route."],
];

const refused = ({ status }: AnswerText): boolean => status >= 400 && status < 500;

export const csrfDoors: readonly FrontDoorSign[] = [
	{
		kind: 'csrf',
		is: ({ status }) => status === 419,
		sentence: () =>
			"419 is Laravel's CSRF check: except this route in bootstrap/app.php (validateCsrfTokens(except: […])) or in VerifyCsrfToken.",
	},
	...refusals.map(
		([words, sentence]): FrontDoorSign => ({
			kind: 'csrf',
			is: (answer) => refused(answer) && words.test(answer.text),
			sentence: () => sentence,
		}),
	),
];
