import { Problem } from '../api/problem.js';
import { oneLine } from '../text/safe-text.js';
import { USERNAME, groupsOf, nameOf, trustOf, vouchedOf } from '../text/words.js';
import { el } from './dom.js';

/** @import { Identity } from '../api/types.js' */
/** @import { Model } from '../model/model.js' */

/** Fewer digits of a fingerprint could be found by trying keys until they begin alike. */
const MIN_DIGITS = 16;

let lastId = 0;

/** Opens a dialog; Escape closes it, and what had the focus has it again.
 * @param {string} title
 * @param {(close: () => void) => (Node | string | false)[]} content */
function open(title, content) {
  const id = `dialog-${++lastId}`;
  const dialog = el('dialog', { 'aria-labelledby': id, onclose: () => dialog.remove() });
  const close = () => dialog.close();
  dialog.append(el('h2', { id }, title), ...content(close).filter((part) => part !== false), el('footer', {}, el('button', { type: 'button', onclick: close }, 'Close')));
  document.body.append(dialog);
  dialog.showModal();
}

/** A button that does something that can go wrong, and says so.
 * @param {string} label
 * @param {() => Promise<unknown>} action
 * @param {string} [kind] */
function doing(label, action, kind = '') {
  const problem = el('p', { class: 'problem', role: 'alert' });
  const button = el('button', { type: 'button', class: kind, onclick: async () => {
    button.disabled = true;
    problem.textContent = '';
    try {
      await action();
    } catch (error) {
      problem.textContent = Problem.say(error);
    }
    button.disabled = false;
  } }, label);
  return el('div', { class: 'doing' }, button, problem);
}

/** @param {string} digits
 * @param {number} size
 * @param {string} label */
const digitsOf = (digits, size, label) => el('p', { class: 'digits', role: 'group', 'aria-label': label }, ...groupsOf(digits, size).map((group) => el('span', {}, `${group} `)));

const SHORTCUTS = [
  ['Enter', 'send'], ['Shift + Enter', 'new line'], ['Ctrl + K', 'find a contact'], ['Ctrl + Alt + N', 'new conversation'], ['Ctrl + Shift + F', 'search in the conversation'],
  ['Alt + ↑, Alt + ↓', 'conversation above, below'], ['↑ ↓ Home End', 'walk through the contacts'], ['Escape', 'close what is open'], ['Ctrl + /', 'this help'],
];

export function showHelp() {
  open('Help', () => [
    el('h3', {}, 'Keys'), el('dl', { class: 'keys' }, ...SHORTCUTS.flatMap(([keys, what]) => [el('dt', {}, el('kbd', {}, keys)), el('dd', {}, what)])),
    el('h3', {}, 'Signs'), el('dl', { class: 'keys' }, ...[
      ['…', 'waits'], ['✓', 'the broker has it'], ['✓✓', 'arrived; “read”: read there'], ['✗', 'not sent; it says why'], ['?', 'nobody can know'],
    ].flatMap(([sign, what]) => [el('dt', {}, sign), el('dd', {}, what)])),
  ]);
}

/** Why something is of no use; nothing where it went well, or may go well later.
 * @param {() => Promise<unknown>} action */
async function refusalOf(action) {
  try {
    await action();
    return '';
  } catch (error) {
    return error instanceof Problem && error.isPassing ? '' : Problem.say(error);
  }
}

/** Who the person is, for those who ask.
 * @param {Identity} me */
export function showMe(me) {
  open(me.user, () => [
    el('p', {}, 'You are signed in under this name. Others who compare your keys by their fingerprint need this one:'),
    me.fingerprint ? digitsOf(me.fingerprint, 4, 'Your fingerprint') : el('p', { class: 'hint' }, 'Your keys are not known here.'),
  ]);
}

/** Asks whether to sign out while something has not gone out.
 * @param {number} count
 * @param {() => void} leave */
export function showLeave(count, leave) {
  open('Sign out?', (close) => [
    el('p', {}, `${count === 1 ? 'A message that you wrote has' : `${count} messages that you wrote have`} not gone out yet, and would be lost.`),
    el('button', { type: 'button', class: 'danger', onclick: () => { close(); leave(); } }, 'Sign out all the same'),
  ]);
}

/** @param {Model} model */
export function showNew(model) {
  open('New conversation', (close) => {
    const field = el('input', { id: 'new-user', autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false', maxlength: 32, 'aria-describedby': 'new-problem' });
    const problem = el('p', { id: 'new-problem', class: 'problem', role: 'alert' });
    const begin = el('button', { type: 'submit', class: 'primary' }, 'Begin');
    const submit = async (/** @type {Event} */ event) => {
      event.preventDefault();
      const user = field.value.trim();
      if (!USERNAME.test(user)) {
        problem.textContent = 'A username has 3 to 32 characters of a-z, 0-9, _ and -.';
        return;
      }
      begin.disabled = true;
      problem.textContent = '';
      const refusal = model.may('admin') ? await refusalOf(() => model.lookUp(user)) : '';
      begin.disabled = false;
      problem.textContent = refusal;
      if (refusal !== '' || !field.isConnected) return;
      close();
      model.openConversation(user);
    };
    return [el('form', { onsubmit: submit }, el('label', { for: 'new-user' }, 'Username'), field, problem,
      el('p', { class: 'hint' }, `Their keys are looked up in the key directory ${model.may('admin') ? 'now' : 'when you send the first message'}.`), begin)];
  });
}

/** @param {Model} model
 * @param {string} user */
export function showKeys(model, user) {
  const contact = model.contact(user);
  const offered = contact.offered;
  if (!offered) return;
  open('Changed keys', (close) => {
    const field = el('input', { id: 'typed', autocomplete: 'off', spellcheck: 'false', class: 'mono' });
    return [
      el('p', {}, 'The key directory shows other keys for ', el('bdi', {}, oneLine(nameOf(contact))), ' than those you know. Ask them by another way, a call or in person, for their fingerprint (they see it with nes keys, or behind their own name at the top of this page), and accept only if it is this new one.'),
      el('h3', {}, 'The keys that you know'), digitsOf(contact.fingerprint ?? '', 4, 'Fingerprint of the known keys'),
      el('h3', {}, 'The new keys'), digitsOf(offered, 4, 'Fingerprint of the new keys'),
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
  const { safety_number: number, verified } = verification;
  open('Safety number', (close) => {
    const field = el('input', { id: 'number', autocomplete: 'off', inputmode: 'numeric', class: 'mono' });
    return [
      el('p', {}, 'You and ', el('bdi', {}, name), ' see the same number exactly where nobody sits between you. Compare it in person, or in a call.'),
      digitsOf(number, 5, 'Safety number'),
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
