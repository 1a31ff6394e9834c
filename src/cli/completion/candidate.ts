/** One word that fits. */
export interface Candidate {
	readonly value: string;
	readonly about?: string | undefined;
	/** More belongs to the word: `amount=`. */
	readonly isOpen?: boolean;
}

/** The shell knows better: names of files. */
export const files = 'files';

export type Candidates = readonly Candidate[] | typeof files;

export const plain = (values: Iterable<string>): Candidate[] =>
	[...values].map((value) => ({ value }));
