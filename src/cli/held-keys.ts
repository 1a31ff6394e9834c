import type { ReadStream } from 'node:tty';

/** The keyboard while something is told live: what is typed is not echoed into it. */
export interface HeldKeys {
	/** From the first call on; opening it takes 2 ms, and only a live line needs it. */
	hold(): void;
	release(): void;
}

const enter = /[\r\n]/;
const ctrlC = '\u0003';
const ctrlZ = '\u001a';
const ctrlBackslash = '\u001c';

/**
 * @param stdin a terminal
 * @param onEnter told of Enter; every other key is passed over
 */
export function heldKeys(stdin: ReadStream, onEnter: () => void): HeldKeys {
	let isHeld = false;
	// Raw, the terminal makes no signals of keys any more.
	const onKeys = (chunk: Buffer) => {
		const keys = chunk.toString('latin1');
		if (keys.includes(ctrlC)) process.kill(process.pid, 'SIGINT');
		else if (keys.includes(ctrlBackslash)) process.kill(process.pid, 'SIGQUIT');
		else if (keys.includes(ctrlZ)) suspend();
		else if (enter.test(keys)) onEnter();
	};
	const suspend = () => {
		stdin.setRawMode(false);
		process.once('SIGCONT', () => {
			if (isHeld) stdin.setRawMode(true);
		});
		process.kill(process.pid, 'SIGTSTP');
	};
	return {
		hold() {
			if (isHeld) return;
			isHeld = true;
			stdin.setRawMode(true).on('data', onKeys).resume();
		},
		release() {
			if (!isHeld) return;
			isHeld = false;
			stdin.off('data', onKeys).setRawMode(false).pause();
		},
	};
}
