import { oneLine } from '../text/safe-text.js';
import { nameOf } from '../text/words.js';
import { digitsOf, doing, open } from './dialog.js';
import { el } from './dom.js';

/** @import { Contact } from '../api/types.js' */
/** @import { Model } from '../model/model.js' */

/** Fewer digits of a fingerprint could be found by trying keys until they begin alike. */
const MIN_DIGITS = 16;

/** Shows the keys of a contact that were seen, and others that the directory shows in their place now, which may be accepted.
 * @param {Model} model
 * @param {string} user */
export function showKeys(model, user) {
  const contact = model.contact(user);
  const offered = contact.offered;
  if (!offered) return;
  const suite = contact.offered_suite ? oneLine(contact.offered_suite) : '';
  open(suite ? `Changed keys for suite ${suite}` : 'Changed keys', (close) => {
    const field = el('input', { id: 'typed', autocomplete: 'off', spellcheck: 'false', class: 'mono' });
    return [
      ...(suite ? suiteWords(contact, suite) : keyWords(contact)),
      el('h3', {}, 'The keys that you know'), digitsOf((suite ? contact.suite_keys : contact.fingerprint) ?? '', 4, 'Fingerprint of the known keys'),
      el('h3', {}, 'The new keys'), digitsOf(offered, 4, 'Fingerprint of the new keys'),
      contact.verified && el('p', { class: 'hint' }, 'You have verified them. Once other keys are accepted they are not verified any more: compare the safety number again.'),
      ...(model.may('admin') ? [
        el('label', { for: 'typed' }, `The fingerprint that they told you (the first ${MIN_DIGITS} digits at least)`), field,
        doing('Accept the new keys', async () => {
          const digits = field.value.replace(/\s/gu, '').toLowerCase();
          if (digits.length < MIN_DIGITS) throw new Error(`Type ${MIN_DIGITS} digits at least.`);
          if (!offered.startsWith(digits)) throw new Error('These are not the digits of the new keys. Do not accept them: somebody may sit between you.');
          await model.decide(user, () => model.api.trust(user, offered));
          close();
        }, 'danger')] : [el('p', { class: 'hint' }, 'The token may not decide this.')]),
    ];
  });
}

/** @param {Contact} contact */
const keyWords = (contact) => [el('p', {}, 'The key directory shows other keys for ', nameIn(contact), ' than those you know. Ask them by another way, a call or in person, for their fingerprint (they see it with ',
  el('code', {}, 'nes keys'), ', or behind their own name at the top of this page), and accept only if it is this new one.')];

/** @param {Contact} contact
 * @param {string} suite */
const suiteWords = (contact, suite) => [
  el('p', {}, 'The keys behind the safety number of ', nameIn(contact), ` are the same as before. But the key directory shows others for the better suite, ${suite}, signed by them: they may have made them anew, or somebody has got hold of their sign key.`),
  el('p', {}, 'Ask them by another way, a call or in person, for their fingerprint for suite ', suite, ' (they see it with ', el('code', {}, 'nes keys'), '; the one behind their name in this page is another), and accept only if it is this new one.'),
];

/** Tells what it means that a better suite was seen of somebody than there is now, and lets messages go without it, where the person wants that.
 * @param {Model} model
 * @param {string} user */
export function showOlderSuite(model, user) {
  const contact = model.contact(user);
  const suite = oneLine(contact.suite ?? '');
  const name = nameIn(contact);
  open('Older suite', (close) => {
    const sure = el('input', { id: 'sure', type: 'checkbox' });
    return [
      el('p', {}, 'Messages to ', name, ` went by suite ${suite}${suite === 'nes2' ? ', which hides who sends, forgets its keys, and withstands a later quantum computer; the older suite does none of that' : ''}. ${whyRefused(contact)}`),
      el('p', {}, 'They may have gone back to an older program, or not been online for two weeks. Or somebody withholds their keys, so that you write by the weaker suite. Nothing is sent meanwhile.'),
      ...(model.may('admin') ? [
        doing('Ask the key directory again', async () => {
          await model.lookUp(user);
          if (model.contact(user).suite_refusal) throw new Error('It shows the same as before.');
          close();
        }, 'primary'),
        el('h3', {}, 'Or write without it'),
        el('p', {}, 'Ask them by another way, a call or in person, whether they have left that suite. Your messages go by the older one then, until they announce the better one anew. What was not sent meanwhile is not sent again by itself.'),
        el('p', { class: 'check' }, sure, el('label', { for: 'sure' }, 'I have asked them')),
        doing('Let messages go by the older suite', async () => {
          if (!sure.checked) throw new Error('Say first that you have asked them.');
          await model.decide(user, () => model.api.decide(user, 'older-suite'));
          close();
        }, 'danger')] : [el('p', { class: 'hint' }, 'The token may not decide this.')]),
    ];
  });
}

/** Why the better suite is not used, in a sentence.
 * @param {Contact} contact */
function whyRefused({ suite_refusal: refusal }) {
  if (refusal === 'missing') return 'The key directory shows no keys for it any more.';
  if (refusal === 'older') return 'The key directory shows an older statement for it now than it did before.';
  return 'It cannot be used with them just now.';
}

/** @param {Contact} contact */
const nameIn = (contact) => el('bdi', {}, oneLine(nameOf(contact)));
