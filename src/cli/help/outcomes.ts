/** What can be decided about an order of each sandbox. */
export const outcomesHelp = `Outcomes, beside never (it stays as it is, and nobody is told):
  bayarcash  success, failed, cancelled, pending; a mandate also approved,
             rejected, deduct, deduct-failed; a manual transfer success, failed,
             cancelled
  iak        success, failed, pending, or a response code such as 13; a bill
             whose payment is in process: success, failed, or a code
  khoins     success, failed, cancelled; a top-up also expired
  transfez   success, failed, cancelled, pending; its states: confirmed,
             submitted, completed, declined, canceled, refunded; or the code of
             a decline such as 2 or 7003
Any other word at settle is answered with those that are possible now.`;
