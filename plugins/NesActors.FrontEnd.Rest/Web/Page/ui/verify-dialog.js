import { Problem } from '../api/problem.js';
import { oneLine } from '../text/safe-text.js';
import { nameOf } from '../text/words.js';
import { digitsOf, doing, open } from './dialog.js';
import { el } from './dom.js';
import { qrPicture } from './qr.js';

/** @import { Model } from '../model/model.js' */

/** @param {Model} model
 * @param {string} user */
export async function showVerify(model, user) {
  const name = oneLine(nameOf(model.contact(user)));
  let verification;
  try {
    verification = await model.api.verification(user);
  } catch (error) {
    open('Safety number', () => [el('p', { class: 'problem' }, Problem.say(error))]);
    return;
  }
  const { safety_number: number, qr, verified } = verification;
  open('Safety number', (close) => {
    const field = el('input', { id: 'number', autocomplete: 'off', inputmode: 'numeric', class: 'mono' });
    return [
      el('p', {}, 'You and ', el('bdi', {}, name), ' see the same number exactly where nobody sits between you. Compare it in person, or in a call.'),
      el('div', { class: 'number' }, digitsOf(number, 5, 'Safety number'), qrPicture(qr, 'The safety number as a QR code')),
      verified && el('p', { class: 'good' }, '✓ You have verified them.'),
      ...(!model.may('admin') ? [el('p', { class: 'hint' }, 'The token may not mark them as verified.')] : verified
        ? [doing('Take it back', async () => { await model.decide(user, () => model.api.unverify(user)); close(); })]
        : [
          doing('The numbers are the same', async () => { await model.decide(user, () => model.api.verify(user, number)); close(); }, 'primary'),
          el('label', { for: 'number' }, 'Or paste the number that they sent you by another way'), field,
          doing('Compare', async () => {
            if (field.value.replace(/\s/gu, '').length !== number.length) throw new Error(`A safety number has ${number.length} digits.`);
            await model.decide(user, () => model.api.verify(user, field.value));
            close();
          })]),
    ];
  });
}
