import type { Random } from '../model/clock.ts';
import type { ComposedRequest, Statement } from '../model/request.ts';
import type { ValueObject } from '../model/value.ts';
import type { LogEntry, Order, OrderFacts } from './order.ts';

/** `[trust, source, note?]`, as in the provider's file. */
export type FactClaim = readonly (string | null)[];

/** A provider's API: what it answers, what it knows of an order, and what happens by itself. */
export interface SandboxProvider {
	readonly id: string;
	readonly endpoints: readonly Endpoint[];
	/** Reads a body by what it holds, whatever content-type says of it. */
	readonly readsAnyType?: boolean;
	/** Addresses that shops really use, and where they should have gone. */
	readonly wrongAddresses: readonly WrongAddress[];
	readonly variants: Readonly<
		Record<string, { readonly title: string; readonly claim: FactClaim }>
	>;
	readonly facts: readonly Fact[];
	/** Sources of the facts, by id. */
	readonly sources: Readonly<Record<string, { readonly url: string }>>;
	/** Parameters of an address that are never told, in small letters. */
	readonly secretParameters?: readonly string[];
	describe(order: Order, box: Box): OrderFacts;
	/** @throws Refusal where it cannot be decided so */
	settle(order: Order, outcome: string, box: Box): Promise<void>;
	/** The shop's deposit, where the provider keeps one. */
	readonly balance?: ProviderBalance;
	/**
	 * It has said this in a callback that it sent by itself: from now on its answers agree. Where it
	 * is there, status queries are answered beside `fire`, `run` and `check`.
	 */
	stated?(statement: Statement, box: Box): void;
	/** Where it has no status query: a sentence that says so. */
	readonly withoutQuery?: string;
	/** Something planned has come. */
	due(order: Order, action: string, detail: string, box: Box): Promise<void>;
}

/** Money that the shop has left with the provider. */
export interface ProviderBalance {
	readonly currency: string;
	/** Plain digits, as an amount is written. */
	read(box: Box): string;
	/** @param amount digits, with a point at most. @throws Refusal */
	set(amount: string, box: Box): void;
}

export interface WrongAddress {
	readonly path: string;
	readonly right: string;
	readonly claim: FactClaim;
}

/** A line of `--list` that is no endpoint: a rule, a table, a refusal. */
export interface Fact {
	readonly kind: 'outcome' | 'rule' | 'answer' | 'table';
	readonly says: string;
	readonly claim: FactClaim;
}

export interface Endpoint {
	readonly title: string;
	readonly method: string;
	/** `/v3/payment-intents/:id` */
	readonly paths: readonly string[];
	readonly claim: FactClaim;
	/** A page of the payer's browser: not the shop's server. */
	readonly isPage?: boolean;
	/** Where several share an address and method: whether this one is meant; the first that is. */
	isMeant?(asked: Asked): boolean;
	answer(call: Call, box: Box): Reply | Promise<Reply>;
}

/** What tells endpoints apart that share an address. */
export interface Asked {
	/** Of JSON, XML and forms alike; numbers as written. */
	readonly fields: ValueObject;
	readonly query: URLSearchParams;
}

export interface Call extends Asked {
	readonly method: string;
	/** The one of the endpoint's paths that was meant. */
	readonly path: string;
	readonly target: string;
	readonly params: Readonly<Record<string, string>>;
	/** Lower-case names. */
	readonly headers: Readonly<Record<string, string>>;
	readonly body: Uint8Array;
	/** Tells in the terminal what was wrong about it. */
	note(text: string): void;
	/** The same of what is no mistake: behind the mistakes, and called a note. */
	advise(text: string): void;
	/** Which order it is about. */
	about(order: Order): void;
}

export interface Reply {
	readonly status: number;
	readonly headers?: Readonly<Record<string, string>> | undefined;
	readonly json?: unknown;
	readonly html?: string | undefined;
	readonly text?: string | undefined;
}

/** A callback to be sent. */
export interface CallbackSaid {
	/** `<provider>/<event>` */
	readonly event: string;
	/** Every value that the order knows better than the sample. */
	readonly set: ValueObject;
	readonly to: string;
	readonly options?: readonly string[] | undefined;
	/** Undefined for the sandbox's usual delay. */
	readonly after?: number | undefined;
}

/** What the sandbox does for a provider. */
export interface Box {
	/** Of this sandbox, without a slash at the end. */
	readonly url: string;
	readonly random: Random;
	readonly settings: BoxSettings;
	now(): number;
	order<D>(id: string): Order<D> | undefined;
	orders<D>(kind: string): Order<D>[];
	/** A new order, or a changed one; what is planned is armed. */
	save<D>(order: Order<D>, ...told: readonly Omit<LogEntry, 'at'>[]): Order<D>;
	/** Resolves when the first attempt has been made. */
	callback(order: Order, said: CallbackSaid): Promise<void>;
	/** What the payer's browser carries to the shop. */
	composed(said: CallbackSaid): Promise<ComposedRequest>;
	secret(name: string): string;
	/** Keys that might have been used by mistake. */
	readonly otherKeys: readonly { readonly name: string; readonly text: string }[];
	/** Whatever else a provider remembers. */
	remembered<T>(kind: string, id: string): T | undefined;
	remember(kind: string, id: string, value: unknown): void;
	/** A short wait of the world's clock, so that a callback may arrive before an answer. */
	moment(callback: Promise<void>): Promise<void>;
	/** Waits anew for everything that was planned before the sandbox was started. */
	rearm(): void;
}

export interface BoxSettings {
	/** Undefined: the documented inputs decide; without one the payer, or success. */
	readonly outcome: string | undefined;
	/** Whether somebody decides where nothing else does. */
	readonly isAsked: boolean;
	/** Even about what an input would: somebody chose to decide. */
	readonly isAskedFirst: boolean;
	/** Sandbox milliseconds between the payer's act and the callback. */
	readonly delay: number;
	readonly callbackTo: string | undefined;
	readonly returnTo: string | undefined;
	readonly variants: readonly string[];
}

/** What was asked for is not possible now: 409 for a program, a sentence for a person. */
export class Refusal extends Error {
	override readonly name = 'Refusal';
}

/** A word that decides nothing; what does is said where the order is known. */
export class UnknownOutcome extends Refusal {
	/** What is taken beside the words of the order: `or a response code such as 13`. */
	readonly beside: string;

	constructor(beside = '') {
		super('there is no such outcome');
		this.beside = beside;
	}
}
