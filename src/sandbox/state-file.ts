import {
	closeSync,
	existsSync,
	openSync,
	readFileSync,
	renameSync,
	writeFileSync,
	writeSync,
} from 'node:fs';
import { Problem } from '../model/problem.ts';
import { type Change, Store } from './store.ts';

export interface KeptStore {
	readonly store: Store;
	close(): void;
}

/**
 * A store whose changes are appended to a file before anybody is told of them, a line for what
 * belongs together: a kill costs at most the line that was being written. What was there is read,
 * and written anew without what has changed since.
 * @param failed told once when the file cannot be written any more; the sandbox goes on without it
 * @throws Problem `file-unreadable`, `output-unwritable`
 */
export function keptStore(path: string, failed: (text: string) => void): KeptStore {
	const before = new Store(undefined, changesIn(path));
	let file: number | undefined;
	try {
		const fresh = `${path}.new`;
		const lines = before.changes().map((change) => `${JSON.stringify(change)}\n`);
		writeFileSync(fresh, [head, ...lines].join(''), { mode: 0o600 });
		renameSync(fresh, path);
		file = openSync(path, 'a', 0o600);
	} catch (error) {
		throw new Problem('output-unwritable', `cannot write the state "${path}" (${codeOf(error)})`, {
			hint: 'Check its folder, or name another file.',
			cause: error,
		});
	}
	const append = (changes: readonly Change[]) => {
		if (file === undefined) return;
		try {
			writeSync(file, `${JSON.stringify(changes.length === 1 ? changes[0] : changes)}\n`);
		} catch (error) {
			closeSync(file);
			file = undefined;
			failed(
				`the state file cannot be written any more (${codeOf(error)}): what follows is forgotten`,
			);
		}
	};
	return {
		store: new Store(append, before.changes()),
		close() {
			if (file !== undefined) closeSync(file);
			file = undefined;
		},
	};
}

const head = '{"callsim":"sandbox","v":1}\n';

/** A line that was torn off is the last one, and is left out. */
function changesIn(path: string): Change[] {
	if (!existsSync(path)) return [];
	let text: string;
	try {
		text = readFileSync(path, 'utf8');
	} catch (error) {
		throw unreadable(path, `cannot be read (${codeOf(error)})`);
	}
	if (text === '') return [];
	if (!text.startsWith(head)) throw unreadable(path, 'is no state of callsim sandbox');
	const lines = text.slice(head.length).split('\n');
	return lines.flatMap((line, at): Change[] => {
		try {
			return line === '' ? [] : [JSON.parse(line) as Change | Change[]].flat();
		} catch {
			if (at >= lines.length - 1) return [];
			throw unreadable(path, `has something else in line ${at + 2}`);
		}
	});
}

const unreadable = (path: string, why: string): Problem =>
	new Problem('file-unreadable', `the state "${path}" ${why}`, {
		hint: 'Name another file, or remove this one.',
	});

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? String(error);
