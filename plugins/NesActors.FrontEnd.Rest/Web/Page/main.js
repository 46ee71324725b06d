import { applyTheme } from './ui/theme.js';
import { App } from './ui/app.js';

applyTheme();
customElements.define('nes-app', App);
document.body.append(new App());
