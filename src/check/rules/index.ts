import type { Rule } from '../rule.ts';
import { amountRules } from './amounts.ts';
import { answerRules } from './answers.ts';
import { atOnceRules } from './at-once.ts';
import { bodyRules } from './bodies.ts';
import { digestRules } from './digest.ts';
import { forgeryRules } from './forgeries.ts';
import { formRules } from './forms.ts';
import { healthRules } from './health.ts';
import { httpRules } from './http.ts';
import { innerJsonRules } from './inner-json.ts';
import { leakRules } from './leaks.ts';
import { mandateRules } from './mandates.ts';
import { nameRules } from './names.ts';
import { observedRules } from './observed.ts';
import { otherForgeryRules } from './other-forgeries.ts';
import { outcomeRules } from './outcomes.ts';
import { refundRules } from './refunds.ts';
import { repeatRules } from './repeats.ts';
import { returnRules } from './returns.ts';
import { serialRules } from './serials.ts';
import { signatureRules } from './signatures.ts';
import { similarReferenceRules } from './similar-references.ts';
import { successRules } from './success.ts';
import { textRules } from './texts.ts';
import { valueRules } from './values.ts';

/** All rules, in the order in which they are told. */
export const rules: readonly Rule[] = [
	...successRules,
	...innerJsonRules,
	...outcomeRules,
	...formRules,
	...observedRules,
	...mandateRules,
	...signatureRules,
	...forgeryRules,
	...otherForgeryRules,
	...digestRules,
	...repeatRules,
	...refundRules,
	...atOnceRules,
	...amountRules,
	...similarReferenceRules,
	...valueRules,
	...nameRules,
	...textRules,
	...serialRules,
	...returnRules,
	...answerRules,
	...httpRules,
	...bodyRules,
	...leakRules,
	...healthRules,
];
