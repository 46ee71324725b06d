import { LONG_TEXT, showText } from '../text/show-text.js';
import { oneLine } from '../text/safe-text.js';
import { exactTimeOf, fullTimeOf, sentElsewhen, timeOf } from '../text/times.js';
import { nameOf, stateOf } from '../text/words.js';
import { el, setAttribute, setText } from './dom.js';
import { showOlderSuite } from './key-dialogs.js';

/** @import { Model } from '../model/model.js' */
/** @import { Message } from '../api/types.js' */
/** @import { Unsent } from '../model/outbox.js' */

/** What an element shows already.
 * @type {WeakMap<HTMLElement, string>} */
const shown = new WeakMap();

export const makeMessage = () => el('article', { class: 'message' },
  el('p', { class: 'marks' }), el('div', { class: 'text', dir: 'auto' }), el('button', { type: 'button', class: 'more', hidden: true }, 'Show all of it'), el('p', { class: 'foot' }), el('p', { class: 'what' }));

/** @param {HTMLElement} element
 * @param {Message} message
 * @param {Model} model
 * @param {string} find */
export function showMessage(element, message, model, find) {
  const contact = model.contact(message.contact);
  const now = JSON.stringify([message, find, nameOf(contact), contact.standing, contact.suite]);
  if (shown.get(element) === now) return;
  shown.set(element, now);
  const isMine = message.direction === 'outgoing';
  setAttribute(element, 'class', `message ${message.direction} ${message.state}${message.under_changed_key ? ' doubtful' : ''}`);
  setAttribute(element, 'aria-label', `${isMine ? 'You' : oneLine(nameOf(contact))}, ${timeOf(message.recorded_at)}`);
  const elsewhen = isMine ? '' : sentElsewhen(message.sent_at, message.recorded_at);
  const marks = [
    message.under_changed_key && '⚠ Under changed keys: it may be somebody else',
    message.older_suite && '⚠ By an older suite than they have: somebody may have talked one of you down',
    message.breaks_chain && '⚠ They wrote another message before it than you got: somebody may write with their keys, or their program was set back',
    message.out_of_time && `⚠ The sender’s clock says ${fullTimeOf(message.sent_at)}: an old message, or a wrong clock`,
    message.request && contact.standing === 'stranger' && 'Request of a stranger',
  ].filter((mark) => mark !== false);
  const [mark, text, more, foot, what] = parts(element);
  setText(mark, marks.join(' · '));
  mark.hidden = marks.length === 0;
  fill(text, more, message.text, find);
  const state = stateOf(message);
  foot.replaceChildren(
    el('time', { datetime: message.recorded_at, title: exactTimeOf(message.recorded_at) }, timeOf(message.recorded_at)),
    ...(elsewhen && !message.out_of_time ? [el('span', { title: exactTimeOf(message.sent_at) }, ` sent ${elsewhen}`)] : []),
    ...(isMine ? [el('span', { class: 'state', title: state.words }, el('span', { 'aria-hidden': 'true' }, ` ${state.sign}${message.state === 'read' ? ' read' : ''}`), el('span', { class: 'unseen' }, ` ${state.words}`))] : []));
  const isTrouble = message.state === 'failed' || message.state === 'unknown';
  what.replaceChildren(...(isTrouble
    ? [`${state.words}.${message.detail ? ` ${oneLine(message.detail)}` : ''}`,
      ...(message.failure === 'suite_downgraded' && contact.suite ? [el('button', { type: 'button', onclick: () => showOlderSuite(model, message.contact) }, 'What to do')] : []),
      ...(message.state === 'failed' && model.may('send') ? [el('button', { type: 'button', onclick: () => model.outbox.send(message.contact, message.text) }, 'Send again')] : [])]
    : []));
  what.hidden = !isTrouble;
}

/** @param {HTMLElement} element
 * @param {Unsent} unsent
 * @param {Model} model */
export function showUnsent(element, unsent, model) {
  setAttribute(element, 'class', `message outgoing ${unsent.state}`);
  setAttribute(element, 'aria-label', `You, ${timeOf(unsent.at)}, not at the server yet`);
  const [mark, text, more, foot, what] = parts(element);
  mark.hidden = true;
  fill(text, more, unsent.text, '');
  const isRefused = unsent.state === 'refused';
  setText(foot, `${timeOf(unsent.at)} ${isRefused ? '✗' : '…'}`);
  what.hidden = unsent.state === 'sending';
  what.replaceChildren(
    isRefused ? `Not sent: ${unsent.reason ?? ''} ` : `Waits: ${unsent.reason ?? ''} `,
    ...(isRefused ? [
      el('button', { type: 'button', onclick: () => model.outbox.retry(unsent) }, 'Try again'),
      el('button', { type: 'button', onclick: () => model.outbox.discard(unsent.key) }, 'Discard'),
    ] : []));
}

/** @param {HTMLElement} element
 * @returns {[HTMLElement, HTMLElement, HTMLElement, HTMLElement, HTMLElement]} */
const parts = (element) => /** @type {any} */ ([...element.children]);

/** @param {HTMLElement} place
 * @param {HTMLElement} more
 * @param {string} text
 * @param {string} find */
function fill(place, more, text, find) {
  const isLong = text.length > LONG_TEXT;
  showText(place, isLong ? text.slice(0, LONG_TEXT) : text, find);
  more.hidden = !isLong;
  more.onclick = () => {
    showText(place, text, find);
    more.hidden = true;
  };
}
