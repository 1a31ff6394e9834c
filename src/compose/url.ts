/**
 * The target with the provider's query behind it.
 * @param append `?` always opens a new query, as Bayarcash does it even where the URL has one
 *   (seen by https://github.com/khairulimran-97/bayarcash-for-fluentcart); `&` joins an existing
 * one
 */
export function requestUrl(target: URL, query: string, append: '?' | '&'): URL {
	const base = new URL(target);
	base.hash = '';
	// A lone "?" at the end is an empty query: joining finds it there, gluing does not care.
	if (append === '&' && base.search === '') base.search = '';
	const joint = append === '?' || base.search === '' ? '?' : '&';
	return new URL(`${base.href}${joint}${query}`);
}
