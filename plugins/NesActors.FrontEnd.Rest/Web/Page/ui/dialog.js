import { Problem } from '../api/problem.js';
import { groupsOf } from '../text/words.js';
import { el } from './dom.js';

let lastId = 0;

/** Opens a dialog; Escape closes it, and what had the focus has it again. The focus goes to what has `autofocus`, else to the beginning.
 * @param {string} title
 * @param {(close: () => void, closed: AbortSignal) => (Node | string | false)[]} content */
export function open(title, content) {
  const id = `dialog-${++lastId}`;
  const closed = new AbortController();
  const dialog = el('dialog', { 'aria-labelledby': id, onclose: () => { closed.abort(); dialog.remove(); } });
  const close = () => dialog.close();
  const parts = content(close, closed.signal).filter((part) => part !== false);
  // Not what is to be filled in: it stands below the text that it is about.
  const hasStart = parts.some((part) => part instanceof Element && (part.matches('[autofocus]') || part.querySelector('[autofocus]')));
  dialog.append(el('h2', { id, tabindex: -1, autofocus: !hasStart }, title), ...parts, el('footer', {}, el('button', { type: 'button', onclick: close }, 'Close')));
  document.body.append(dialog);
  dialog.showModal();
}

/** A button that does something that can go wrong, and says so.
 * @param {string} label
 * @param {() => Promise<unknown>} action
 * @param {string} [kind] */
export function doing(label, action, kind = '') {
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

/** A field in which one of several things is chosen.
 * @param {string} id
 * @param {readonly (readonly [string, string])[]} options values and words
 * @param {string} chosen */
export function choice(id, options, chosen) {
  const field = el('select', { id }, ...options.map(([value, words]) => el('option', { value }, words)));
  field.value = chosen;
  return field;
}

/** @param {string} digits
 * @param {number} size
 * @param {string} label */
export const digitsOf = (digits, size, label) => el('p', { class: 'digits', role: 'group', 'aria-label': label }, ...groupsOf(digits, size).map((group) => el('span', {}, `${group} `)));
