/** What stands in help beside the flags. */

export const exitCodesHelp = `
Exit codes:
  0  all as expected           1  the receiver failed
  2  usage or configuration    3  no attempt ever connected
  70 a bug in callsim          130 SIGINT   143 SIGTERM`;

export const examples = `Examples:
  callsim list                                               what can be sent
  callsim show bayarcash/transaction-success --explain       the exact request, and its checksum
  callsim fire bayarcash/transaction-success --to :3000/cb   deliver it, retries included
  callsim run bayarcash --to :3000/cb                        its ordinary lives and its troubles
  callsim check bayarcash --to :3000/cb                      prove a receiver against a hundred rules
  callsim demo                                               see it work, with nothing set up
`;

export const runExamples = `Examples:
  callsim run bayarcash/payment --to :3000/cb                a scenario that comes with callsim
  callsim run scenarios/ --exec "npm start" --speed max       your own, receiver started and stopped
  callsim run --report junit=callsim.xml                     what callsim.yaml names, with a report for CI
`;
