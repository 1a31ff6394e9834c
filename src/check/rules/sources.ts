/** Public addresses that rules cite. OWASP's sheet is a draft. */
export const owasp =
	'https://github.com/OWASP/CheatSheetSeries/blob/master/cheatsheets_draft/Webhook_Security_Guidelines_Cheat_Sheet.md';
export const standardWebhooks =
	'https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md';
export const bayarcashPage = 'https://api.webimpian.support/bayarcash/transaction/callback';
export const bayarcashChecksum =
	'https://api.webimpian.support/bayarcash/checksum/checksum-validation';
export const bayarcashLaravel = 'https://github.com/bayarcash/laravel';
export const bayarcashDemo = 'https://github.com/webimpian/bayarcash-php-demo';
export const bayarcashSdk = 'https://github.com/bayarcash/php-sdk';
export const bookcars = 'https://github.com/cariiDev/bookcars';
export const fluentcart = 'https://github.com/khairulimran-97/bayarcash-for-fluentcart';
export const woocommerce = 'https://github.com/common-repository/bayarcash-wc';
export const givewp = 'https://github.com/common-repository/bayarcash-givewp';
export const crmpg = 'https://github.com/hamirulhafizal/crmpg';
export const iakCallback =
	'https://github.com/iak-id/iak-api-reference-docs/blob/940d4d4/docs/prepaid/callback.md';
export const iakSerial =
	'https://github.com/iak-id/iak-api-reference-docs/blob/940d4d4/docs/prepaid/sn-format.md';
export const iakLaravel = 'https://github.com/myprojectpips/integrasi_iak_mobilepulsa_laravel';
export const iakRust = 'https://github.com/BangNanoHQ/iak-api';
export const khoinsIntro =
	'https://github.com/Qbiztec/KHOINS-Documentation/blob/main/docs/callback/intro.md';
export const khoinsTransaction =
	'https://github.com/Qbiztec/KHOINS-Documentation/blob/main/docs/callback/transaction-callback.md';
export const khoinsTopup =
	'https://github.com/Qbiztec/KHOINS-Documentation/blob/main/docs/callback/topup-callback.md';
export const transfezPage =
	'https://github.com/djarkobobanov/slatetest/blob/5ce1782/source/includes/_callback.md';
export const transfezNewer =
	'https://github.com/djarkobobanov/slatetest/blob/c80d665/source/includes/_callback.md.erb';
export const digestRfc = 'https://www.rfc-editor.org/rfc/rfc7616';
