import { describe, expect, test } from 'vitest';
import { flagWords } from '../../src/cli/options/words.ts';
import { parseTarget } from '../../src/delivery/target.ts';
import type { Problem } from '../../src/model/problem.ts';

function problemOf(text: string, what?: string) {
	try {
		return { url: parseTarget(text, what).href };
	} catch (error) {
		return { code: (error as Problem).code, ...(error as Problem).in(flagWords) };
	}
}

describe('a target is taken', () => {
	test.each([
		['localhost:3000/cb', 'http://localhost:3000/cb'],
		['3000', 'http://localhost:3000/'],
		['3000?a=1', 'http://localhost:3000/?a=1'],
		['3000#top', 'http://localhost:3000/'],
		[':3000', 'http://localhost:3000/'],
		['https://shop.test', 'https://shop.test/'],
		['http://shop.test/a#top', 'http://shop.test/a'],
		['3000.test', 'http://3000.test/'],
		['123456', 'http://0.1.226.64/'],
		['shop.test/http://x', 'http://shop.test/http://x'],
	])('%s', (text, url) => {
		expect(problemOf(text)).toEqual({ url });
	});
});

describe('a target is refused, with what to write instead', () => {
	test.each([
		['', 'is empty', 'http://localhost:3000/callback'],
		['"http://localhost/"', 'quotes', '--to http://localhost/'],
		["'http://localhost/'", 'quotes', '--to http://localhost/'],
		['http//localhost/cb', 'no colon', '--to http://localhost/cb'],
		['HTTPS//localhost', 'no colon', '--to HTTPS://localhost'],
		['ftp://shop/', 'is ftp', 'https://'],
		['FILE:///etc/passwd', 'is file', 'http://'],
		['http:/localhost', 'is not a URL', 'http://localhost:3000/callback'],
		['https:localhost', 'is not a URL', 'http://localhost:3000/callback'],
		['http:///localhost', 'is not a URL', 'http://localhost:3000/callback'],
		['/cb', 'names no host', '--to http://localhost:3000/cb'],
		['//cb', 'names no host', '--to http://localhost:3000/cb'],
		['http://exa mple/', 'is not a URL', 'http://localhost:3000/callback'],
		['http://a@localhost/', 'user name', '--header'],
		['http://:b@localhost/', 'user name', '--header'],
		['localhost:0', 'port 0', 'port'],
	])('%s', (text, message, hint) => {
		expect(problemOf(text)).toEqual({
			code: 'target-invalid',
			message: expect.stringMatching(new RegExp(`^--to ".*" .*${message}`)) as string,
			hint: expect.stringContaining(hint) as string,
		});
	});

	test('under the name of its setting', () => {
		expect(problemOf('', 'returnTo')).toMatchObject({
			message: expect.stringContaining('--return-to') as string,
			hint: expect.stringContaining('--return-to http') as string,
		});
	});
});

test.each([
	['http://user:hunter2@localhost/', 'http://[masked]@localhost/'],
	['user:hunter2@localhost:0', 'user:[masked]@localhost:0'],
	['//user:hunter2@localhost/', '//[masked]@localhost/'],
	['http:\\\\user:hunter2@localhost/', 'http:\\\\[masked]@localhost/'],
	['http://a:hunter2@b@localhost/', 'http://[masked]@localhost/'],
	['ftp://shop/?key=hunter2', 'ftp://shop/?…'],
	['/cb?key=hunter2', '/cb?…'],
	['ftp://shop/?key=\nhunter2', 'ftp://shop/?…'],
])('%j is told as %s', (text, shown) => {
	const { message, hint } = problemOf(text) as { message: string; hint: string };
	expect(message).toContain(`"${shown}"`);
	expect(message + hint).not.toContain('hunter2');
});
