import type { Static } from 'typebox';
import type { MessageSchema, ProviderSchema } from './provider-schema.ts';
import type { EventSchema, VectorsSchema } from './sample-schema.ts';

/** `documented`: the vendor's own text. `observed`: real traffic, or code that handles it. `assumed`: nobody says so, we chose. */
export type Trust = 'documented' | 'observed' | 'assumed';

export type ProviderFile = Static<typeof ProviderSchema>;
export type MessageFile = Static<typeof MessageSchema>;
export type EventFile = Static<typeof EventSchema>;
export type Vector = Static<typeof VectorsSchema>[number];
export type FieldEntry = MessageFile['fields'][number];
export type SignatureRule = NonNullable<MessageFile['signature']>;
export type Acknowledge = MessageFile['acknowledge'];

/** One thing we say about an event, and on what ground. */
export interface Claim {
	readonly trust: Trust;
	/** Public address, or null where nobody says it. */
	readonly source: string | null;
	readonly note?: string | undefined;
}

/** A sample of one message, ready to be composed. */
export interface CallbackEvent {
	/** `<provider>/<name>` */
	readonly id: string;
	readonly provider: ProviderFile;
	readonly message: MessageFile;
	readonly file: EventFile;
}
