import { own } from '../../model/own.ts';
import type { ValueObject } from '../../model/value.ts';
import { textIn } from '../fields.ts';
import type { Box, Call, Endpoint, Reply } from '../provider.ts';
import { type Command, command } from './command.ts';
import { facts } from './facts.ts';
import { legacyPath } from './paths.ts';
import { answered, refused } from './reply.ts';
import { type Api, dialect } from './top-up.ts';

const { player, servers, formats, vouchers } = facts.inquiries;

type GameCall = Pick<Command, 'title' | 'answer'> & {
	readonly v1: string;
	readonly v2: string;
	readonly needs?: readonly string[];
};

/** All calls about games are signed with the game. */
const about = (api: Api, { title, answer, v1, v2, needs = [] }: GameCall): Endpoint =>
	command({
		...{ title, answer, claim: ['documented', 'prepaid'], side: 'prepaid' },
		...(api === 'v1' ? { paths: [legacyPath], commands: [v1] } : { paths: [v2] }),
		needs: ['game_code', ...needs],
		end: { field: 'game_code' },
	});

const gameIn = ({ fields }: Call): string => textIn(fields, 'game_code') ?? '';

const known = (call: Call, found: ValueObject): Reply =>
	answered(call, { ...found, status: 1, message: 'SUCCESS', rc: '00' });

const unknownGame = (call: Call, box: Box, games: readonly string[]): Reply =>
	refused(call, box, 'prepaid', '20', {
		why: `game_code is ${gameIn(call)}; development knows ${games.join(', ')}`,
	});

const inquiryGame = (api: Api): Endpoint => {
	const { customer } = dialect[api];
	return about(api, {
		title: `the name of a player: game ${player.game}, ${player.customer}, no other`,
		...{ v1: 'check-game-id', v2: '/api/inquiry-game', needs: [customer] },
		answer(call, box) {
			if (gameIn(call) !== player.game) return unknownGame(call, box, [player.game]);
			return textIn(call.fields, customer) === player.customer
				? known(call, { username: player.username })
				: refused(call, box, 'prepaid', '14', {
						message: player.wrongNumber,
						why: `development knows the player ${player.customer} alone`,
					});
		},
	});
};

const gameServers = (api: Api): Endpoint =>
	about(api, {
		title: 'the servers of a game; none where the player writes it himself',
		...{ v1: 'game-server-list', v2: '/api/inquiry-game-server' },
		answer(call, box) {
			if (servers.none.includes(gameIn(call))) return known(call, { servers: [] });
			return servers.listed.includes(gameIn(call))
				? known(call, { servers: servers.list })
				: unknownGame(call, box, [...servers.none, ...servers.listed]);
		},
	});

const gameFormat = (api: Api): Endpoint =>
	about(api, {
		title: 'how the number of a player is written for a game',
		...{ v1: 'game-format-id', v2: '/api/game/format' },
		answer(call, box) {
			const { claim: _, ...all } = formats;
			const formatGameId = own<string>(all, gameIn(call));
			if (formatGameId !== undefined) return known(call, { formatGameId });
			return vouchers.includes(gameIn(call))
				? refused(call, box, 'prepaid', '143', { why: 'it is a voucher' })
				: unknownGame(call, box, Object.keys(all));
		},
	});

export const gameCalls = (api: Api): Endpoint[] => [
	inquiryGame(api),
	gameServers(api),
	gameFormat(api),
];
