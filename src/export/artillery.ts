import type { LoadEvent, LoadTest } from './load.ts';
import { processorText } from './processor.ts';
import { readmeText } from './readme.ts';

/** An Artillery project: file name → text. */
export function artilleryProject(load: LoadTest): Record<string, string> {
	return {
		'artillery.yml': scriptText(load),
		'processor.mjs': processorText(load),
		'package.json': packageText(load),
		'telemetry-off.env':
			'# Artillery tells its makers about every run unless this is set.\nARTILLERY_DISABLE_TELEMETRY=true\n',
		'README.md': readmeText(load),
	};
}

function scriptText({ events, rate, seconds, timeout }: LoadTest): string {
	const [first] = events;
	const target = new URL(first?.url ?? '').origin;
	return `# Load with provider callbacks, written by "callsim export artillery". It is yours to change.
config:
  target: ${quoted(target)}
  processor: ./processor.mjs
  http:
    timeout: ${timeout} # seconds for one answer
  phases:
    - duration: ${seconds} # seconds
      arrivalRate: ${rate} # callbacks a second, all events together
  plugins:
    ensure:
      conditions:
        # Every callback was answered as its provider wants it. Another status, an error or a timeout: exit code 1.
        - expression: callsim.acknowledged == vusers.created and vusers.created > 0

# Every virtual user sends one callback. "name" tells processor.mjs what to compose, "url" where it goes.
scenarios:
${events.map((event) => scenarioText(event, target)).join('\n')}
`;
}

/** `gzip: false` keeps the engine from adding a header; no provider follows a redirect. */
function scenarioText({ id, method, url }: LoadEvent, target: string): string {
	const path = url.startsWith(`${target}/`) ? url.slice(target.length) : url;
	return `  - name: ${quoted(id)}
    weight: 1
    flow:
      - ${method.toLowerCase()}:
          name: ${quoted(id)}
          url: ${quoted(path)}
          beforeRequest: composeCallback
          afterResponse: judgeAnswer
          gzip: false
          followRedirect: false`;
}

function packageText({ version }: LoadTest): string {
	const file = {
		name: 'callsim-artillery',
		private: true,
		type: 'module',
		engines: { node: '>=22.18' },
		scripts: { load: 'artillery run --dotenv telemetry-off.env artillery.yml' },
		dependencies: { artillery: '^2.0.34', 'callback-simulator': version },
	};
	return `${JSON.stringify(file, null, 2)}\n`;
}

/** JSON's strings are YAML's double-quoted ones. */
const quoted = (text: string): string => JSON.stringify(text);
