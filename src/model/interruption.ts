/** Why a run was stopped from outside; the reason of its abort signal. */
export class Interruption extends Error {
	override readonly name = 'Interruption';
	readonly exitCode: 130 | 143;
	constructor(signal: 'SIGINT' | 'SIGTERM') {
		super(`stopped by ${signal}`);
		this.exitCode = signal === 'SIGINT' ? 130 : 143;
	}
}
