/** What stands in help beside the flags. */

export const exitCodesHelp = `
Exit codes:
  0  all as expected           1  the receiver failed
  2  usage or configuration    3  no attempt ever connected
  70 a bug in callsim          130 SIGINT   143 SIGTERM`;

export const examples = `Examples:
  callsim                                       pick what to send, step by step
  callsim --to :3000/cb                         the same; takes flags of fire
  callsim list                                  what can be sent
  callsim show iak/pulsa-success --explain      the request, its signature
  callsim fire iak/pulsa-success --to :3000/cb  deliver it, retries included
  callsim run bayarcash --to :3000/cb           its ordinary lives and troubles
  callsim check bayarcash --to :3000/cb         prove a receiver against rules
  callsim demo                                  see it work, nothing set up
`;

/** Behind `callsim help`, beside the commands. */
export const topicsHelp = `
Topics:
  callsim help exit-codes, schedules, paths, credentials or outcomes`;
