/** Dark or light: as the system says, unless the person says otherwise. It is the one thing that is remembered beyond the tab. */

const KEY = 'nes.theme';
const THEMES = /** @type {const} */ (['system', 'light', 'dark']);

/** @returns {'system' | 'light' | 'dark'} */
export const theme = () => THEMES.find((one) => one === localStorage.getItem(KEY)) ?? 'system';

export function applyTheme() {
  if (theme() === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme();
}

export function nextTheme() {
  localStorage.setItem(KEY, THEMES[(THEMES.indexOf(theme()) + 1) % THEMES.length] ?? 'system');
  applyTheme();
}
