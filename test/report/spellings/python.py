# Everything Python makes of texts that a receiver may print; each as base64, so that bytes travel as they are, on a line.
import base64, html, json, shlex, sys, urllib.parse, xml.sax.saxutils


def spelled(key):
    data = key.encode()
    django = {ord(c): '\\u%04X' % ord(c) for c in '\\\'"><&=-;`\u2028\u2029'}
    texts = [
        key,
        repr(key),
        ascii(key),
        repr(data),
        repr({'Authorization': 'Bearer ' + key}),
        json.dumps(key),
        json.dumps(key, ensure_ascii=False),
        json.dumps(json.dumps({'key': key})),
        urllib.parse.quote(key),
        urllib.parse.quote(key, safe=''),
        urllib.parse.quote_plus(key),
        urllib.parse.quote(urllib.parse.quote(key)),
        urllib.parse.urlencode({'a': key}),
        html.escape(key),
        html.escape(key, quote=False),
        html.escape(html.escape(key)),
        html.escape(json.dumps({'key': key})),
        html.escape(repr(key)),
        key.encode('ascii', 'xmlcharrefreplace').decode(),
        html.escape(key).encode('ascii', 'xmlcharrefreplace').decode(),
        ''.join('&#x%X;' % ord(c) for c in key),
        ''.join('&#%05d;' % ord(c) for c in key),
        xml.sax.saxutils.quoteattr(key),
        key.translate(django),
        shlex.quote(key),
        base64.b64encode(data).decode(),
        base64.b64encode(b'Bearer ' + data).decode(),
        base64.b64encode(b'Token  ' + data + b'!').decode(),
        base64.urlsafe_b64encode(b'x' + data).decode(),
        base64.encodebytes(b'x' * 50 + data).decode(),
        urllib.parse.quote_plus(base64.b64encode(b'Bearer ' + data)),
        json.dumps({'body': base64.b64encode(json.dumps(key).encode()).decode()}),
        base64.b64encode(urllib.parse.quote_plus(key).encode()).decode(),
        data.hex(),
        data.hex().upper(),
        data.hex(' '),
        data.hex(':'),
        data.decode('latin-1'),
    ]
    return [base64.b64encode(t.encode()).decode() for t in texts]


print(json.dumps([spelled(base64.b64decode(line).decode()) for line in sys.stdin]))
