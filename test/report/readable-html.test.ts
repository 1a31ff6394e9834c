import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readableHtml } from '../../src/report/readable-html.ts';

describe('an HTML page as somebody reads it', () => {
	test.each([
		[
			'of Express',
			'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>Error</title>\n</head>\n<body>\n<pre>TypeError: Cannot read properties of undefined (reading &#39;amount&#39;)<br> &nbsp; &nbsp;at settle (/app/shop.js:12:9)<br> &nbsp; &nbsp;at next (/app/x.js:1:2)</pre>\n</body>\n</html>\n',
			[
				'Error',
				"TypeError: Cannot read properties of undefined (reading 'amount')",
				'at settle (/app/shop.js:12:9)',
				'at next (/app/x.js:1:2)',
			],
		],
		[
			'of nginx',
			'<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx/1.22.1</center>\r\n</body>\r\n</html>\r\n<!-- a padding to disable MSIE and Chrome friendly error page -->\r\n',
			['502 Bad Gateway', 'nginx/1.22.1'],
		],
		[
			'of Laravel, with its style and scripts',
			'<!doctype html><html><head><title>Page Expired</title><style>a > b { color: red }</style><script>if (a < b) { "</p>" }</script></head><body class="x > y"><div>419</div><div>Page Expired</div></body></html>',
			['Page Expired', '419', 'Page Expired'],
		],
		[
			'of Django',
			'<div id="summary"><h1>ValueError\n       at /cb</h1><pre class="exception_value">invalid literal for int() with base 10: &#x27;60.00&#x27;</pre><table><tr><th>Request Method:</th><td>POST</td></tr></table>',
			[
				'ValueError at /cb',
				"invalid literal for int() with base 10: '60.00'",
				'Request Method:',
				'POST',
			],
		],
		[
			'that is cut off in a tag',
			'<h1>Whoops</h1><p>not found<a href="/ho',
			['Whoops', 'not found'],
		],
		['that scripts make', '<div id="root"></div><script>render("text")</script>', []],
		[
			'with signs that are none',
			'<p>1 < 2 &amp; 3 > 2 &unknown; &#0;',
			['1 < 2 & 3 > 2 &unknown; &#0;'],
		],
		[
			'of PHP',
			'<br />\n<b>Warning</b>:  Undefined array key "x" in <b>/a.php</b> on line <b>3</b><br />\nno',
			['Warning: Undefined array key "x" in /a.php on line 3', 'no'],
		],
	])('%s', (_, html, lines) => {
		expect(readableHtml(html)).toEqual(lines);
	});

	test('loses no text, whatever the tags around it', () => {
		const tag = fc.constantFrom(
			'<p>',
			'</p>',
			'<br/>',
			'<div class="a>b">',
			'<b>',
			'</b>',
			'<!-- x -->',
		);
		const part = fc.tuple(tag, fc.stringMatching(/^[a-z]{4,8}$/));
		fc.assert(
			fc.property(fc.array(part, { minLength: 1 }), (parts) => {
				const text = readableHtml(parts.map(([before, word]) => `${before} ${word}`).join(' '));
				// Only a line that the next one begins with is told once.
				const told = text.join(' ');
				for (const [, word] of parts) expect(told).toContain(word);
			}),
		);
	});

	test('takes no longer where somebody leaves every tag open', () => {
		for (const part of ['<', '<a ', '<a "', "<a '", '<!--', '&', '<script>'])
			expect(readableHtml(part.repeat(16_384 / part.length))).toBeInstanceOf(Array);
	});
});
