/** The receiver that a run has started ended by itself; the reason of the run's abort signal. */
export class ReceiverGone extends Error {
	override readonly name = 'ReceiverGone';
	/** @param how its exit code or signal */
	constructor(how: string) {
		super(`the receiver ended by itself (${how})`);
	}
}

/** Why a run was stopped from outside; the reason of its abort signal. */
export class Interruption extends Error {
	override readonly name = 'Interruption';
	readonly signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP';
	/** Of a run, which ends in good order either way. */
	readonly exitCode: 130 | 143;
	constructor(signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP') {
		super(`stopped by ${signal}`);
		this.signal = signal;
		this.exitCode = signal === 'SIGINT' ? 130 : 143;
	}
}
