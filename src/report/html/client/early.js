// Runs before anything is drawn, so that nothing has to be drawn twice.
/** Auto, light, dark. A browser may refuse storage to files; the choice then lasts as long as the page. */
const root = document.documentElement;
const themes = ['auto', 'light', 'dark'];
const stored = () => {
	try {
		return localStorage.getItem('callsim-theme');
	} catch {
		return null;
	}
};
const store = (theme) => {
	try {
		localStorage.setItem('callsim-theme', theme);
	} catch {}
};
const setTheme = (theme) => {
	if (theme === 'auto') delete root.dataset.theme;
	else root.dataset.theme = theme;
};
let theme = themes.includes(stored()) ? stored() : 'auto';
root.classList.add('js');
setTheme(theme);
document.addEventListener('DOMContentLoaded', () => {
	const button = document.querySelector('.theme');
	const name = () => {
		button.textContent = `Theme: ${theme}`;
	};
	name();
	button.addEventListener('click', () => {
		theme = themes[(themes.indexOf(theme) + 1) % themes.length];
		setTheme(theme);
		store(theme);
		name();
	});
});
