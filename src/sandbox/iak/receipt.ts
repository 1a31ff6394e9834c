import { xmlText } from '../../compose/write-xml.ts';
import { stamp } from '../jakarta.ts';
import type { Box, Call, Endpoint, Reply } from '../provider.ts';
import { type Bill, type BillOrder, billKind } from './bill.ts';
import { codeText } from './facts.ts';
import { failureStatus } from './reply.ts';

export const receipt: Endpoint = {
	title: 'the receipt of a bill that is paid, a PDF',
	method: 'GET',
	paths: ['/api/v1/download/:id', '/api/v1/download/:id/:copy'],
	claim: [
		'documented',
		'postpaid',
		'the official SDKs put /1 behind it; a refusal is the XML that they read',
	],
	answer(call, box) {
		const order = box.order<Bill>(call.params['id'] ?? '');
		if (order?.kind !== billKind) return refusal('06', call, box);
		call.about(order);
		if (order.data.status !== 1) return refusal('02', call, box);
		return {
			status: 200,
			headers: { 'content-type': 'application/pdf' },
			text: pdfOf(linesOf(order)),
		};
	},
};

function refusal(code: string, call: Call, box: Box): Reply {
	const message = codeText('postpaid', code) ?? '';
	call.note(`${code} ${message}`);
	return {
		status: failureStatus(box),
		headers: { 'content-type': 'application/xml' },
		text: xmlText({ mp: { response_code: code, message } }),
	};
}

const linesOf = ({ reference, data }: BillOrder): string[] => [
	`STRUK PEMBAYARAN ${data.code}`,
	`TANGGAL: ${stamp(data.paidAt ?? 0)}`,
	`NO. RESI: ${data.noref}`,
	`ID PELANGGAN: ${data.hp}`,
	`REF ID: ${reference}`,
	`JUMLAH TAGIHAN: Rp ${data.nominal}`,
	`ADMIN: Rp ${data.admin}`,
	'callsim sandbox: not a receipt of anything',
];

/** A page of plain lines. ASCII alone, so that its offsets are counted in characters. */
function pdfOf(lines: readonly string[]): string {
	const shown = lines.map(
		(line) => `(${line.replace(/[^ -~]/g, '?').replace(/[\\()]/g, '\\$&')}) Tj T*`,
	);
	const text = `BT /F1 11 Tf 14 TL 40 380 Td ${shown.join(' ')} ET`;
	const objects = [
		'<< /Type /Catalog /Pages 2 0 R >>',
		'<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
		'<< /Type /Page /Parent 2 0 R /MediaBox [0 0 420 420] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
		`<< /Length ${text.length} >>\nstream\n${text}\nendstream`,
		'<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>',
	];
	let body = '%PDF-1.4\n';
	const offsets = objects.map((object, at) => {
		const offset = body.length;
		body += `${at + 1} 0 obj\n${object}\nendobj\n`;
		return offset;
	});
	const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`);
	const count = objects.length + 1;
	return `${body}xref\n0 ${count}\n0000000000 65535 f \n${entries.join('')}trailer\n<< /Size ${count} /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`;
}
