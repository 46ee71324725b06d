import { oneLine } from '../text/safe-text.js';
import { trustOf, vouchedOf } from '../text/words.js';
import { digitsOf, doing, open } from './dialog.js';
import { el } from './dom.js';
import { showKeys, showOlderSuite } from './key-dialogs.js';
import { showVerify } from './verify-dialog.js';

/** @import { Model } from '../model/model.js' */

/** @param {Model} model
 * @param {string} user */
export function showContact(model, user) {
  const contact = model.contact(user);
  open(user, (close) => {
    const field = el('input', { id: 'alias', maxlength: 64, value: contact.alias ?? '', autocomplete: 'off', dir: 'auto' });
    const decide = (/** @type {'accept' | 'block' | 'unblock'} */ decision) => async () => { await model.decide(user, () => model.api.decide(user, decision)); close(); };
    return [
      el('p', {}, trustOf(contact), '. ', vouchedOf(contact)),
      !!contact.fingerprint && el('h3', {}, 'Fingerprint of their keys'),
      contact.fingerprint ? digitsOf(contact.fingerprint, 4, 'Fingerprint of the keys') : el('p', { class: 'hint' }, 'No keys were seen yet.'),
      contact.trust === 'changed' && el('button', { type: 'button', class: 'danger', onclick: () => { close(); showKeys(model, user); } }, 'Compare changed keys'),
      !!contact.suite_keys && !!contact.suite && el('h3', {}, `Fingerprint of their keys for suite ${oneLine(contact.suite)}`),
      !!contact.suite_keys && !!contact.suite && digitsOf(contact.suite_keys, 4, 'Fingerprint of the keys for the suite'),
      !!contact.suite_refusal && el('button', { type: 'button', class: 'danger', onclick: () => { close(); showOlderSuite(model, user); } }, 'Older suite…'),
      !!contact.fingerprint && el('button', { type: 'button', onclick: () => { close(); void showVerify(model, user); } }, 'Safety number'),
      ...(model.may('admin') ? [
        el('label', { for: 'alias' }, 'Alias, for your eyes alone'), field,
        doing('Save the alias', async () => { await model.decide(user, () => model.api.rename(user, field.value.trim() || null)); close(); }),
        ...(contact.standing === 'stranger' ? [doing('Accept', decide('accept'))] : []),
        contact.standing === 'blocked' ? doing('Unblock', decide('unblock')) : doing('Block', decide('block')),
        el('button', { type: 'button', class: 'danger', onclick: () => { close(); showForget(model, user); } }, 'Forget…'),
      ] : []),
    ];
  });
}

/** @param {Model} model
 * @param {string} user */
function showForget(model, user) {
  open(`Forget ${user}?`, (close) => [
    el('p', {}, 'Their messages, keys and alias are deleted here, and cannot be had again. Keys that they have then count as first seen.'),
    doing('Forget them', async () => { await model.forgetContact(user); close(); }, 'danger'),
  ]);
}
