// The payer's browser goes on by itself, as it does at the provider's.
document.forms[0]?.submit();
