import { readYaml } from '../documents/yaml-document.ts';
import type { ScenarioFile } from '../model/scenario.ts';
import type { ScenarioDocument } from './scenario-file.ts';

/**
 * A scenario of ours, which was validated when the package was built: to load the schemas and to
 * compile them would be most of a start.
 */
export function readBuiltIn(file: string, text: string, path: string): ScenarioDocument {
	const document = readYaml(file, text, 'scenario-invalid');
	const value = document.exact as unknown as ScenarioFile;
	return { file, path, value, faults: [], place: document.place };
}
