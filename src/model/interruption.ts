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
