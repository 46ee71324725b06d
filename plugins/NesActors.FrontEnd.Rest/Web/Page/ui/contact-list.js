import { nameOf } from '../text/words.js';
import { oneLine, preview } from '../text/safe-text.js';
import { exactTimeOf, shortTime } from '../text/times.js';
import { showNew } from './dialogs.js';
import { el, reconcile, setAttribute, setText } from './dom.js';
import { icon } from './icons.js';

/** @import { Model } from '../model/model.js' */
/** @import { Conversation as Summary } from '../api/types.js' */

/** More than these are found by typing a part of the name. */
const MAX_SHOWN = 200;

/** Everybody, in groups: contacts, requests of strangers, who is blocked. Arrow keys walk through them. */
export class ContactList extends HTMLElement {
  #model;
  #filter = el('input', { type: 'search', placeholder: 'Find a contact', 'aria-label': 'Find a contact', title: 'Ctrl+K', oninput: () => this.update() });
  #groups = /** @type {const} */ ([['accepted', 'Contacts'], ['stranger', 'Requests'], ['blocked', 'Blocked']]).map(([standing, title]) => ({
    standing, heading: el('h2', { id: `group-${standing}` }, title), list: el('ul', { 'aria-labelledby': `group-${standing}` }), title,
  }));
  #rest = el('p', { class: 'hint', hidden: true });
  #empty = el('p', { class: 'hint', hidden: true }, 'Nobody yet. Begin a conversation by the username of somebody.');

  /** @param {Model} model */
  constructor(model) {
    super();
    this.#model = model;
  }

  connectedCallback() {
    this.replaceChildren(el('nav', { 'aria-label': 'Conversations', onkeydown: (/** @type {KeyboardEvent} */ event) => this.#press(event) },
      el('div', { class: 'find' }, this.#filter,
        el('button', { type: 'button', class: 'quiet', 'aria-label': 'New conversation', title: 'New conversation (Ctrl+Alt+N)', onclick: () => showNew(this.#model) }, icon('compose'))),
      el('div', { class: 'groups' }, ...this.#groups.flatMap(({ heading, list }) => [heading, list]), this.#rest, this.#empty)));
  }

  update() {
    const wanted = this.#filter.value.trim().toLowerCase();
    let [room, left] = [MAX_SHOWN, 0];
    for (const { standing, heading, list } of this.#groups) {
      const all = this.#model.people.of(standing).filter((one) => (standing !== 'stranger' || one.last) && matches(one, wanted));
      const shown = all.slice(0, room);
      room -= shown.length;
      left += all.length - shown.length;
      heading.hidden = list.hidden = all.length === 0;
      reconcile(list, shown, (one) => one.contact.user, () => this.#make(), (item, one) => this.#show(item, one));
    }
    setText(this.#rest, `${left} more: type a part of the name.`);
    this.#rest.hidden = left === 0;
    this.#empty.hidden = !this.#model.people.isLoaded || this.#model.people.all.size > 0;
    const items = this.#items();
    const current = items.find((item) => item.getAttribute('aria-current')) ?? items.find((item) => item === document.activeElement) ?? items.find((item) => item.tabIndex === 0) ?? items[0];
    for (const item of items) item.tabIndex = item === current ? 0 : -1;
  }

  focusFilter() {
    this.#filter.focus();
    this.#filter.select();
  }

  focusList() {
    (this.#items().find((item) => item.tabIndex === 0) ?? this.#filter).focus();
  }

  /** Opens the conversation above or below.
   * @param {number} by */
  step(by) {
    const items = this.#items();
    const next = items[items.findIndex((item) => item.getAttribute('aria-current')) + by];
    if (next?.dataset.user) this.#model.openConversation(next.dataset.user);
  }

  /** @returns {HTMLButtonElement[]} */
  #items() {
    return [...this.querySelectorAll('li > button')].filter((item) => item instanceof HTMLButtonElement);
  }

  #make() {
    return el('li', {}, el('button', { type: 'button', class: 'contact', tabindex: -1, onclick: (/** @type {Event} */ event) => {
      const user = /** @type {HTMLElement} */ (event.currentTarget).dataset.user;
      if (user) this.#model.openConversation(user);
    } }, el('span', { class: 'avatar', 'aria-hidden': 'true' }), el('span', { class: 'name', dir: 'auto' }), el('span', { class: 'mark' }), el('time'), el('span', { class: 'last', dir: 'auto' }), el('span', { class: 'count' })));
  }

  /** @param {HTMLElement} item
   * @param {Summary} one */
  #show(item, { contact, last }) {
    const button = /** @type {HTMLElement} */ (item.firstElementChild);
    const [avatar, name, mark, time, text, count] = /** @type {HTMLElement[]} */ ([...button.children]);
    if (!avatar || !name || !mark || !time || !text || !count) return;
    const shown = oneLine(nameOf(contact));
    button.dataset.user = contact.user;
    setAttribute(button, 'aria-current', this.#model.open?.user === contact.user ? 'true' : null);
    setAttribute(avatar, 'data-hue', hueOf(contact.user));
    setText(avatar, [...contact.user][0]?.toUpperCase() ?? '');
    setText(name, shown);
    const warning = contact.trust === 'changed' ? '⚠ keys changed' : contact.suite_refusal ? '⚠ older suite' : '';
    setText(mark, warning || (contact.verified ? '✓ verified' : ''));
    setAttribute(mark, 'class', warning ? 'mark warns' : 'mark');
    setText(time, last ? shortTime(last.recorded_at) : '');
    setAttribute(time, 'datetime', last?.recorded_at);
    setAttribute(time, 'title', last ? exactTimeOf(last.recorded_at) : null);
    setText(text, last ? `${last.direction === 'outgoing' ? 'You: ' : ''}${preview(last.text, 120)}` : '');
    setText(count, contact.unread > 0 ? String(contact.unread) : '');
    setAttribute(count, 'aria-label', contact.unread > 0 ? `${contact.unread} unread` : null);
    setAttribute(count, 'role', contact.unread > 0 ? 'img' : null);
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    const items = this.#items();
    const index = items.findIndex((item) => item === document.activeElement);
    const next = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: items.length - 1 }[event.key];
    if (next === undefined || event.altKey || ((event.key === 'Home' || event.key === 'End') && index < 0)) return;
    event.preventDefault();
    if (next < 0) this.#filter.focus();
    else items[Math.min(next, items.length - 1)]?.focus();
  }
}

/** @param {Summary} one
 * @param {string} wanted */
const matches = ({ contact }, wanted) => contact.user.includes(wanted) || (contact.alias?.toLowerCase().includes(wanted) ?? false);

/** @param {string} user */
const hueOf = (user) => [...user].reduce((sum, character) => sum + character.charCodeAt(0), 0) % 6;
