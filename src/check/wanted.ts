/**
 * `acknowledged`: as the provider wants it. `refused`: 4xx. `survived`: anything but a 5xx, silence
 * or a broken connection. `rejected`: a body that cannot have been understood, so 4xx rather than
 * 2xx. `any`: the state decides.
 */
export type AnswerWanted = 'acknowledged' | 'refused' | 'survived' | 'rejected' | 'any';

/**
 * `success`: as after a genuine success. `not-success`: not so. `unchanged`. `changed`.
 * `as-after-first`: what the first step did, and no more. `one-success`: what one success does, and
 * no more. `still-success`: a success stays one. `no-longer-success`. `not-failure`: not as after a
 * genuine failure. `undecided`: as after neither.
 */
export type StateWanted =
	| 'success'
	| 'not-success'
	| 'unchanged'
	| 'changed'
	| 'as-after-first'
	| 'one-success'
	| 'still-success'
	| 'no-longer-success'
	| 'not-failure'
	| 'undecided';
