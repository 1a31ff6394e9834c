import { usualTarget } from '../delivery/target.ts';
import { Problem } from '../model/problem.ts';

/** @param elsewhere where a target may be named beside the flag */
export const noTarget = (what: string, elsewhere = ''): Problem =>
	new Problem('target-missing', what, {
		hint: `Add --to with your receiver's URL: --to ${usualTarget}${elsewhere}`,
	});

export const orInProject = '; or name it in callsim.yaml (callsim init)';
