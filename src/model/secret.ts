import { type KeyForm, keyBytes } from './key-form.ts';

/** What `console.log` looks for in a value; importing it would load all of `node:util`. */
const inspected = Symbol.for('nodejs.util.inspect.custom');

/** `--wrong-key` signs with this: public, fixed, and nobody's key. */
export const wrongKeyText = 'callsim-wrong-key';

/**
 * A credential that cannot be printed by accident: template strings, JSON and `console.log` hide
 * it. Simulator credentials are public and go through the same door, so that no code path exists
 * for one kind only.
 */
export class Secret {
	readonly #text: string;
	/** Its name in the catalogue, such as `secret_key`, which stands in for the text. */
	readonly name: string;
	/** Where the value came from. The tool's own simulator values are public, a user's never are. */
	readonly origin: 'simulator' | 'own';
	/** Of a key that is written as hex or base64. */
	readonly form: KeyForm | undefined;

	constructor(name: string, text: string, origin: 'simulator' | 'own', form?: KeyForm) {
		this.name = name;
		this.#text = text;
		this.origin = origin;
		this.form = form;
	}

	/** The text itself: for signatures, Digest answers and what goes on the wire, nothing else. */
	reveal(): string {
		return this.#text;
	}

	/** What signs: the text itself, or the bytes that it stands for. */
	key(): string | Uint8Array {
		return (this.form && keyBytes(this.#text, this.form)) ?? this.#text;
	}

	/** What may be shown to a person or written to a report. */
	shown(): string {
		return this.origin === 'simulator' ? this.#text : `[secret:${this.name}]`;
	}

	toString(): string {
		return this.shown();
	}

	toJSON(): string {
		return this.shown();
	}

	[inspected](): string {
		return this.shown();
	}
}
