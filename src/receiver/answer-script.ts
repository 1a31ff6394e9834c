import { Problem } from '../model/problem.ts';

/** Statuses in turn, the last one for ever: for everything, or for one reference. */
export interface AnswerScript {
	/** The next status for this reference, or undefined where nothing is scripted. */
	next(reference: string | undefined): number | undefined;
}

/** @throws Problem `usage` */
export function answerScript(all: string | undefined, each: readonly string[]): AnswerScript {
	const common = all === undefined ? undefined : statusesOf(all, 'answer');
	const own = new Map(
		each.map((argument) => {
			const at = argument.lastIndexOf('=');
			if (at < 1)
				throw new Problem(
					'usage',
					(say) => `${say('answerFor')} "${argument}" is not reference=statuses`,
					{ hint: (say) => `Write ${say('answerFor', 'ORD-1=500,200')}` },
				);
			return [argument.slice(0, at), statusesOf(argument.slice(at + 1), 'answerFor')] as const;
		}),
	);
	return {
		next(reference) {
			const statuses = (reference === undefined ? undefined : own.get(reference)) ?? common ?? [];
			return statuses.length > 1 ? statuses.shift() : statuses[0];
		},
	};
}

function statusesOf(text: string, what: string): number[] {
	return text.split(',').map((part) => {
		const status = /^[2-5]\d\d$/.test(part.trim()) ? Number(part) : Number.NaN;
		if (Number.isNaN(status))
			throw new Problem('usage', (say) => `${say(what)} "${text}" is no list of statuses`, {
				hint: 'Write statuses from 200 to 599: 500,500,200',
			});
		return status;
	});
}
