import { lengthOf } from '../text/words.js';
import { choice, doing } from './dialog.js';
import { el } from './dom.js';

/** @import { Model } from '../model/model.js' */

/** How long messages may stay, in seconds. */
const STAYS = /** @type {const} */ ([['', 'as the settings say'], ['86400', 'for a day'], ['604800', 'for a week'], ['2592000', 'for 30 days'], ['31536000', 'for a year']]);

/** How long messages with somebody stay here: shows what is set, also when that is changed elsewhere, and sets it.
 * @param {Model} model
 * @param {string} user
 * @param {() => void} close
 * @param {AbortSignal} closed */
export function staying(model, user, close, closed) {
  const present = () => String(model.contact(user).disappear_after_seconds ?? '');
  let shown = present();
  const field = choice('stays', STAYS, '');
  const show = () => {
    // It may have been set to any other time by a command or the API.
    if (![...field.options].some((option) => option.value === shown)) field.append(el('option', { value: shown }, `for ${lengthOf(Number(shown))}`));
    field.value = shown;
  };
  show();
  model.addEventListener('change', () => {
    const [before, now] = [shown, present()];
    if (now === before) return;
    shown = now;
    // Who is about to choose another is not disturbed.
    if (field.value === before) show();
  }, { signal: closed });
  return [
    el('label', { for: 'stays' }, 'Keep messages here'),
    el('div', { class: 'choose' }, field, doing('Set', async () => { await model.change(user, () => model.api.disappear(user, field.value === '' ? null : Number(field.value))); close(); })),
    el('p', { class: 'hint' }, 'From now on, and for those that are there already: older ones are deleted at once. The other side keeps theirs.'),
  ];
}
