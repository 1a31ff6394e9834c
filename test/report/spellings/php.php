<?php
// Everything PHP makes of texts that a receiver may print; each as base64, so that bytes travel as they are, on a line.
function spelled($key) {
	$latin1 = @iconv('UTF-8', 'ISO-8859-1', $key);
	$all = [
		$key,
		json_encode($key),
		json_encode($key, JSON_UNESCAPED_SLASHES),
		json_encode($key, JSON_UNESCAPED_UNICODE),
		json_encode($key, JSON_HEX_TAG | JSON_HEX_AMP | JSON_HEX_APOS | JSON_HEX_QUOT),
		json_encode(json_encode(['key' => $key])),
		urlencode($key),
		rawurlencode($key),
		strtolower(urlencode($key)),
		urlencode(urlencode($key)),
		http_build_query(['a' => ['b' => $key]]),
		htmlspecialchars($key),
		htmlspecialchars($key, ENT_NOQUOTES),
		htmlspecialchars($key, ENT_QUOTES | ENT_HTML5),
		htmlspecialchars($key, ENT_QUOTES | ENT_XML1),
		htmlspecialchars(htmlspecialchars($key)),
		htmlspecialchars(json_encode($key)),
		htmlentities($key),
		htmlentities($key, ENT_QUOTES | ENT_HTML5),
		nl2br(htmlspecialchars($key)),
		var_export($key, true),
		addslashes($key),
		escapeshellarg($key),
		serialize([$key]),
		base64_encode($key),
		base64_encode("Bearer $key"),
		base64_encode("user:$key"),
		base64_encode("a=$key&b=1"),
		chunk_split(base64_encode(str_repeat('x', 50) . $key)),
		urlencode(base64_encode("Bearer $key")),
		json_encode(base64_encode("a$key")),
		rtrim(strtr(base64_encode("xx$key"), '+/', '-_'), '='),
		bin2hex($key),
		strtoupper(bin2hex("Bearer $key")),
		print_r(['Authorization' => "Bearer $key"], true),
	];
	if ($latin1 !== false) array_push($all, $latin1, urlencode($latin1), htmlspecialchars($latin1, ENT_QUOTES, 'ISO-8859-1'));
	return array_map('base64_encode', $all);
}
echo json_encode(array_map(fn($line) => spelled(base64_decode($line)), file('php://stdin')));
