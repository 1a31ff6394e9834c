import type { MessageFile } from './provider.ts';

/** What an option changes of its message. */
export type OptionPatch = NonNullable<MessageFile['choices']>[string][string];

/** The message, and what each option of each choice changes of it. */
export const formsOf = (message: MessageFile): [MessageFile, ...OptionPatch[]] => [
	message,
	...Object.values(message.choices ?? {}).flatMap((options) => Object.values(options)),
];
