import { fill } from '../../compose/fill-template.ts';
import { formatTime } from '../../compose/format-time.ts';
import { own } from '../../model/own.ts';
import type { ValueObject } from '../../model/value.ts';
import type { Box } from '../provider.ts';
import { facts } from './facts.ts';

/** Jakarta's, assumed: the texts name none. */
const zone = '+07:00';

/** `2025-08-30 10:30:12` */
export const localTime = (at: number): string => formatTime('yyyy-MM-dd HH:mm:ss', at, zone);

/** `2025-08-30` */
export const localDay = (at: number): string => formatTime('yyyy-MM-dd', at, zone);

/** @param at what `${now:…}` stands for, epoch milliseconds */
export const filled = (template: string, values: ValueObject, box: Box, at = box.now()): string =>
	String(
		fill(
			template,
			{
				value: (path) => own(values, path),
				credential: (name) => {
					throw new Error(`no text of KHOINS names a credential, such as ${name}`);
				},
				now: at,
				zone,
				target: '',
				random: box.random,
			},
			{ what: 'a text of KHOINS' },
		),
	);

export type TextName = keyof typeof facts.texts;

/** A text of the provider's, by its name among the facts. */
export const textOf = (name: TextName, values: ValueObject, box: Box, at?: number): string =>
	filled(facts.texts[name].text, values, box, at);
