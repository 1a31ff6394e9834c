// The peer: what one POST costs with nothing but Node.
import { request } from 'node:http';

const body = 'record_type=transaction&status=3';
const post = request(
	process.argv[2],
	{
		method: 'POST',
		headers: { 'content-type': 'application/x-www-form-urlencoded', 'content-length': body.length },
	},
	(response) => response.resume(),
);
post.end(body);
