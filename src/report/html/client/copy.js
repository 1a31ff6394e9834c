const said = document.getElementById('said');

const copied = async (pre) => {
	try {
		await navigator.clipboard.writeText(pre.textContent);
		return true;
	} catch {
		// Not every browser trusts a file with the clipboard: what is selected can be copied by hand.
		getSelection().selectAllChildren(pre);
		return document.execCommand('copy');
	}
};

document.addEventListener('click', async ({ target }) => {
	const button = target instanceof Element ? target.closest('button.copy') : null;
	if (!button) return;
	const done = await copied(button.parentElement.querySelector('pre'));
	button.textContent = done ? 'Copied' : 'Selected';
	said.textContent = done ? 'Copied' : 'Selected, press Ctrl C to copy';
	button.addEventListener(
		'blur',
		() => {
			button.textContent = 'Copy';
			said.textContent = '';
		},
		{ once: true },
	);
});
