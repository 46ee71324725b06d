import { oneLine } from '../text/safe-text.js';
import { trustOf, vouchedOf } from '../text/words.js';
import { choice, digitsOf, doing, open } from './dialog.js';
import { el } from './dom.js';
import { showKeys, showOlderSuite } from './key-dialogs.js';
import { staying } from './staying.js';
import { showVerify } from './verify-dialog.js';

/** @import { Contact } from '../api/types.js' */
/** @import { Model } from '../model/model.js' */

/** All that is known of somebody, and what can be decided about them.
 * @param {Model} model
 * @param {string} user */
export function showContact(model, user) {
  const contact = model.contact(user);
  open(user, (close, closed) => [
    el('p', {}, trustOf(contact), '. ', vouchedOf(contact)),
    !!contact.withheld_suite && el('p', {}, `⚠ They do not see what you have published for suite ${oneLine(contact.withheld_suite)}: somebody may strip it on its way to them, or they ask another key directory.`),
    ...keysOf(contact),
    el('div', { class: 'choices' },
      contact.trust === 'changed' && el('button', { type: 'button', class: 'danger', onclick: () => { close(); showKeys(model, user); } }, 'Compare changed keys'),
      !!contact.suite_refusal && el('button', { type: 'button', class: 'danger', onclick: () => { close(); showOlderSuite(model, user); } }, 'Older suite…'),
      !!contact.fingerprint && el('button', { type: 'button', onclick: () => { close(); void showVerify(model, user); } }, 'Safety number')),
    ...(model.may('admin') ? decisions(model, contact, close, closed) : []),
  ]);
}

/** @param {Contact} contact */
const keysOf = ({ fingerprint, suite, suite_keys: suiteKeys }) => [
  !!fingerprint && el('h3', {}, 'Fingerprint of their keys'),
  fingerprint ? digitsOf(fingerprint, 4, 'Fingerprint of the keys') : el('p', { class: 'hint' }, 'No keys were seen yet.'),
  !!suite && !!suiteKeys && el('h3', {}, `Fingerprint of their keys for suite ${oneLine(suite)}`),
  !!suite && !!suiteKeys && digitsOf(suiteKeys, 4, 'Fingerprint of the keys for the suite'),
];

/** @param {Model} model
 * @param {Contact} contact
 * @param {() => void} close
 * @param {AbortSignal} closed */
function decisions(model, contact, close, closed) {
  const { user } = contact;
  const alias = el('input', { id: 'alias', maxlength: 64, value: contact.alias ?? '', autocomplete: 'off', dir: 'auto' });
  const [arrived, read] = [told('arrived', contact.delivery_receipts), told('read', contact.read_receipts)];
  const decide = (/** @type {'accept' | 'block' | 'unblock'} */ decision) => async () => { await model.decide(user, () => model.api.decide(user, decision)); close(); };
  return [
    el('label', { for: 'alias' }, 'Alias, for your eyes alone'), alias,
    doing('Save the alias', async () => { await model.decide(user, () => model.api.rename(user, alias.value.trim() || null)); close(); }),
    el('label', { for: 'arrived' }, 'Tell them what has arrived'), arrived,
    el('label', { for: 'read' }, 'Tell them what you have read'), read,
    el('p', { class: 'hint' }, 'Who is not told what has arrived is not told what was read either, and what the broker loses comes later, and out of order.'),
    doing('Save what they are told', async () => { await model.decide(user, () => model.api.tell(user, { delivery_receipts: valueOf(arrived), read_receipts: valueOf(read) })); close(); }),
    ...staying(model, user, close, closed),
    el('h3', {}, 'Decide'),
    el('div', { class: 'choices' },
      contact.standing === 'stranger' && doing('Accept', decide('accept')),
      contact.standing === 'blocked' ? doing('Unblock', decide('unblock')) : doing('Block', decide('block')),
      el('button', { type: 'button', class: 'danger', onclick: () => { close(); showClear(model, user); } }, 'Delete messages…'),
      el('button', { type: 'button', class: 'danger', onclick: () => { close(); showForget(model, user); } }, 'Forget…')),
  ];
}

/** @param {string} id
 * @param {boolean | undefined} now */
const told = (id, now) => choice(id, [['', 'as the settings say'], ['true', 'always'], ['false', 'never']], now === undefined ? '' : String(now));

/** @param {HTMLSelectElement} field */
const valueOf = (field) => (field.value === '' ? null : field.value === 'true');

/** @param {Model} model
 * @param {string} user */
function showClear(model, user) {
  open(`Delete messages with ${user}?`, (close) => [
    el('p', {}, 'All messages with them are deleted here and cannot be had again, but those that wait to go out. The other side keeps theirs. Keys, alias and what you have decided stay.'),
    doing('Delete them', async () => { await model.change(user, () => model.api.clear(user)); close(); }, 'danger'),
  ]);
}

/** @param {Model} model
 * @param {string} user */
function showForget(model, user) {
  open(`Forget ${user}?`, (close) => [
    el('p', {}, 'Their messages, keys and alias are deleted here, and cannot be had again. Keys that they have then count as first seen.'),
    doing('Forget them', async () => { await model.forgetContact(user); close(); }, 'danger'),
  ]);
}
