/** What became of a receiver that had gone down. */
export interface Comeback {
	readonly isBack: boolean;
	/** How it ended, and the end of what it printed, where it is a process of ours. */
	readonly how?: string | undefined;
	readonly log?: string | undefined;
}

/** Starts the receiver again, or waits until somebody else has. */
export type BringBack = () => Promise<Comeback>;

/** What a receiver that had gone down says of itself, for the sentence about it. */
export const wentDown = ({ how }: Partial<Comeback> = {}): string =>
	`the receiver went down${how === undefined ? '' : ` (${how})`}`;
