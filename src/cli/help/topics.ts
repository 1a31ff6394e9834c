import { Problem } from '../../model/problem.ts';
import { didYouMean } from '../../model/suggest.ts';
import { outcomesHelp } from './outcomes.ts';

const exitCodes = `Exit codes say who has to act. They are the same for every command.

  0    all as expected
  1    the receiver failed: a delivery was not acknowledged, an expectation of a
       scenario did not hold, a rule of check failed at the level of --fail-on
       (must, unless you say should); verify: the callback is not genuine
  2    a mistake in a flag, a file or the environment: nothing was sent, unless a
       name turned remote in the middle of a schedule
  3    no attempt of the run ever connected: nobody was there
  70   a bug in callsim
  129  the terminal was closed while something was asked (SIGHUP)
  130  interrupted with Ctrl-C (SIGINT), or a question was left
  143  ended from outside (SIGTERM)
`;

const schedules = `A provider tries again until its callback is acknowledged, and so does callsim.

  callsim list <provider>    what counts as the provider's own schedule:
                             "5 × 5 min" is five attempts, five minutes apart
  --retry provider           that schedule (the default)
  --retry none               one attempt
  --retry 3x10s              three attempts, ten seconds apart
  --retry 2m,10m,30m         the pauses themselves: four attempts

Provider time passes 100 times as fast: five minutes in three seconds.

  --speed 10, --speed max    another pace, or no pauses at all
  --real-time                as slowly as the provider
  --timeout 0                no limit for an answer, to stop in a debugger

Times such as "+5 min" are provider time since the first attempt. --timeout and
how long an answer took are on your clock at every speed.
`;

const paths = `A path names a field of the event, whatever the encoding or the envelope.

  --set amount=75.50            a field; its JSON type stays as it is
  --set destination.amount=5    a field inside an object
  --set message.status=Gagal    a field inside KHOINS' inner JSON
  --set 'status:="3"'           := takes JSON, and so sets the type as well
  --add note=hello              a field that is not there
  --unset payer_email           a field less
  --tamper amount=2.00          the same after signing: a forgery

The spelling on the wire is understood as well (data.ref_id). A path that leads
nowhere is an error with a suggestion. What the provider derives from a field
follows it, unless you set that, too; then everything is signed.

  callsim show <event>          the fields as they will be sent
  --ref <id>, --amount <n>      the two that every provider calls otherwise
`;

const credentials = `Without a key of yours callsim signs with its own, which are public.

  CALLSIM_<PROVIDER>_<NAME>     CALLSIM_BAYARCASH_SECRET_KEY,
                                CALLSIM_IAK_USERNAME, CALLSIM_IAK_API_KEY,
                                CALLSIM_TRANSFEZ_API_KEY,
                                CALLSIM_TRANSFEZ_API_SECRET
  --env-file .env               variables from a file; those that are set win
  --credential api_key=env:KEY  from a variable of another name
  --credential api_key=file:K   from a file
  --credential api_key=value    as it is: others on this machine can see it
  callsim.yaml                  a reference: env:KEY or file:K

  callsim config                which of them are in force, never their values
  callsim show <event> --explain    what was signed, [secret:…] for the key

Keys of yours are kept out of what is printed, reported and kept of a run.
docs/keys.md says how, and where that ends.
`;

export const topics: Readonly<Record<string, string>> = {
	'exit-codes': exitCodes,
	schedules,
	paths,
	credentials,
	outcomes: `${outcomesHelp}\n`,
};

export const topicNames = Object.keys(topics);

/**
 * What help has to say of something that is no command.
 *
 * @param words `exit-codes`, or as two words
 * @param commands what help can be asked about beside the topics
 * @throws Problem `usage`
 */
export function topicText(words: readonly string[], commands: readonly string[]): string {
	const name = words.join('-').toLowerCase();
	const text = topics[name] ?? topics[`${name}s`];
	if (text !== undefined) return text;
	const all = [...topicNames, ...commands];
	throw new Problem('usage', 'no help about that', {
		hint: didYouMean(name, all) ?? `There is help about ${topicNames.join(', ')}.`,
	});
}
