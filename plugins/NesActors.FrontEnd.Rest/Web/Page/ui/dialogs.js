import { Problem } from '../api/problem.js';
import { USERNAME } from '../text/words.js';
import { digitsOf, open } from './dialog.js';
import { el } from './dom.js';

/** @import { Identity } from '../api/types.js' */
/** @import { Model } from '../model/model.js' */

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
    const field = el('input', { id: 'new-user', autofocus: true, autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false', maxlength: 32, 'aria-describedby': 'new-problem' });
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
