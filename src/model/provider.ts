import type { Static } from 'typebox';
import type { MessageSchema, ProviderSchema } from './provider-schema.ts';
import type { EventSchema, VectorsSchema } from './sample-schema.ts';

export type { Claim, Trust } from './contract/catalogue.ts';

export type ProviderFile = Static<typeof ProviderSchema>;
export type MessageFile = Static<typeof MessageSchema>;
export type EventFile = Static<typeof EventSchema>;
export type Vector = Static<typeof VectorsSchema>[number];
export type FieldEntry = MessageFile['fields'][number];
export type SignatureRule = NonNullable<MessageFile['signature']>;
export type Acknowledge = MessageFile['acknowledge'];

/** A sample of one message, ready to be composed. */
export interface CallbackEvent {
	/** `<provider>/<name>` */
	readonly id: string;
	readonly provider: ProviderFile;
	readonly message: MessageFile;
	readonly file: EventFile;
}
