import type { Received } from './received.ts';

/** The requests in a text of one form that people have; undefined for any other text. */
export type Wrapping = (text: string) => readonly Received[] | undefined;

/** The same for a JSON document, or what reads like one: a literal in a program, a dump. */
export type JsonWrapping = (document: Json) => readonly Received[] | undefined;

/** JSON of which nothing is known yet. */
export type Json = Readonly<Record<string, unknown>>;

export const objectOf = (value: unknown): Json =>
	typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

export const pathAndQuery = (url: string): string => url.replace(/^https?:\/\/[^/?]*/, '') || '/';
