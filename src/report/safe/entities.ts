/** Entities of HTML 4 in a row, and those of HTML 5 for ASCII, which frameworks write. */
const rows: readonly (readonly [first: number, names: string])[] = [
	[9, 'Tab NewLine'],
	[33, 'excl quot num dollar percnt amp apos lpar rpar ast plus comma hyphen period sol'],
	[58, 'colon semi lt equals gt quest commat'],
	[91, 'lsqb bsol rsqb Hat lowbar grave'],
	[91, 'lbrack bsol rbrack Hat UnderBar DiacriticalGrave'],
	[123, 'lcub verbar rcub'],
	[123, 'lbrace vert rbrace'],
	[160, 'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr'],
	[
		176,
		'deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest',
	],
	[192, 'Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml'],
	[204, 'Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times'],
	[216, 'Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig'],
	[224, 'agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml'],
	[236, 'igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide'],
	[248, 'oslash ugrave uacute ucirc uuml yacute thorn yuml'],
	[338, 'OElig oelig'],
	[352, 'Scaron scaron'],
	[376, 'Yuml'],
	[913, 'Alpha Beta Gamma Delta Epsilon Zeta Eta Theta Iota Kappa Lambda Mu Nu Xi Omicron Pi Rho'],
	[931, 'Sigma Tau Upsilon Phi Chi Psi Omega'],
	[945, 'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho'],
	[962, 'sigmaf sigma tau upsilon phi chi psi omega'],
	[8211, 'ndash mdash'],
	[8216, 'lsquo rsquo sbquo'],
	[8220, 'ldquo rdquo bdquo'],
	[8224, 'dagger Dagger bull'],
	[8230, 'hellip'],
	[8364, 'euro'],
	[8482, 'trade'],
];

/** name → code point */
export const entities: ReadonlyMap<string, number> = new Map(
	rows.flatMap(([first, names]) =>
		names.split(' ').map((name, at): [string, number] => [name, first + at]),
	),
);
