import type { Static } from 'typebox';
import type { Place } from '../documents/json-place.ts';
import type { ProjectSchema } from '../model/project-schema.ts';

export type ProjectFile = Static<typeof ProjectSchema>;

/** What a project file says, numbers as they are written, and where. */
export interface Project {
	/** Absolute; undefined where there is no project file. */
	readonly path: string | undefined;
	/** As it is told. */
	readonly file: string;
	/** Where relative paths in it begin. */
	readonly folder: string;
	readonly value: ProjectFile;
	place(pointer: string): Place;
}

export const noProject = (cwd: string): Project => ({
	path: undefined,
	file: '',
	folder: cwd,
	value: {},
	place: () => ({ line: 1, column: 1 }),
});
