import { Problem } from '../api/problem.js';
import { dayKey, dayName } from '../text/times.js';
import { el, reconcile, setText } from './dom.js';
import { icon } from './icons.js';
import { makeMessage, showMessage, showUnsent } from './message.js';

/** @import { Model } from '../model/model.js' */
/** @import { Message } from '../api/types.js' */
/** @import { Unsent } from '../model/outbox.js' */

/** @typedef {{ key: string, day: string } | { key: string, message: Message } | { key: string, unsent: Unsent }} Row */

/** As near to an end as this, the person is at it; more is asked for as near to the other. In pixels. */
const NEAR = 80;

/** What was said. It stays where it is looked at when something comes or goes above, and at its end when that is where it was. */
export class MessageList extends HTMLElement {
  #model;
  #rows = el('div', { class: 'rows' });
  #log = el('div', { class: 'log', role: 'log', 'aria-live': 'off', 'aria-label': 'Messages', tabindex: 0, onscroll: () => this.#scrolled() }, this.#rows);
  #state = el('p', { class: 'hint', role: 'status' });
  #below = el('span', {});
  #latest = el('button', { type: 'button', class: 'latest', hidden: true, onclick: () => { this.toLatest(); this.#log.focus(); } }, icon('down'), this.#below);
  #again = el('button', { type: 'button', onclick: () => void this.#model.open?.refresh() }, 'Try again');
  #isAtEnd = true;
  #user = '';
  #target = '';
  #seen = new IntersectionObserver((entries) => this.#see(entries), { root: null, threshold: 0.5 });
  /** What stands above or below may grow: who is at the end stays there. */
  #resized = new ResizeObserver(() => { if (this.#isAtEnd && !this.#model.open?.hasNewer) this.#log.scrollTop = this.#log.scrollHeight; });
  /** @type {Set<Element>} */
  #visible = new Set();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #reading;
  /** What is marked in the texts. */
  find = '';

  /** @param {Model} model */
  constructor(model) {
    super();
    this.#model = model;
  }

  connectedCallback() {
    this.replaceChildren(el('div', { class: 'state-of' }, this.#state, this.#again), this.#log, this.#latest);
    this.#resized.observe(this.#log);
    document.addEventListener('visibilitychange', this.#read);
    addEventListener('focus', this.#read);
  }

  disconnectedCallback() {
    document.removeEventListener('visibilitychange', this.#read);
    removeEventListener('focus', this.#read);
    clearTimeout(this.#reading);
    this.#seen.disconnect();
    this.#resized.disconnect();
  }

  update() {
    const open = this.#model.open;
    if (!open) return;
    if (this.#user !== open.user) [this.#user, this.#isAtEnd, this.#target, this.find] = [open.user, true, '', ''];
    setText(this.#state, open.error ? Problem.say(open.error) : !open.isLoaded ? 'Loading…' : this.#list().length === 0 ? 'No messages yet.' : '');
    this.#state.hidden = this.#state.textContent === '';
    this.#again.hidden = !open.error;
    const anchor = this.#isAtEnd && !open.hasNewer ? null : this.#anchor();
    reconcile(this.#rows, this.#list(), (row) => row.key, (row) => this.#make(row), (element, row) => this.#show(element, row));
    this.#latest.hidden = this.#isAtEnd && !open.hasNewer;
    setText(this.#below, newWords(this.#model.contact(open.user).unread));
    if (open.target && open.target !== this.#target) this.#goTo(open.target);
    else if (anchor) this.#log.scrollTop += anchor.element.getBoundingClientRect().top - anchor.top;
    else this.#log.scrollTop = this.#log.scrollHeight;
    if (!open.target) this.#target = '';
    // Nobody can scroll further up than to the beginning, to ask for what is above it.
    if (!open.error && this.#log.scrollTop < NEAR * 4) void open.older();
    this.#read();
  }

  /** @returns {Row[]} */
  #list() {
    const open = this.#model.open;
    /** @type {Row[]} */
    const rows = [];
    let last = '';
    for (const message of open?.messages ?? []) {
      const day = dayKey(message.recorded_at);
      if (day !== last) rows.push({ key: `day ${day}`, day: message.recorded_at });
      last = day;
      rows.push({ key: message.id, message });
    }
    if (open && !open.hasNewer) rows.push(...this.#model.outbox.of(open.user).map((unsent) => ({ key: `unsent ${unsent.key}`, unsent })));
    return rows;
  }

  /** @param {Row} row
   * @returns {HTMLElement} */
  #make(row) {
    if ('day' in row) return el('h3', { class: 'day' });
    const element = makeMessage();
    if ('message' in row && row.message.direction === 'incoming') this.#seen.observe(element);
    return element;
  }

  /** @param {HTMLElement} element
   * @param {Row} row */
  #show(element, row) {
    if ('day' in row) setText(element, dayName(row.day));
    else if ('message' in row) showMessage(element, row.message, this.#model, this.find);
    else showUnsent(element, row.unsent, this.#model);
  }

  /** The first message that is seen, and where. The name of a day stays above all of its messages, so it says nothing about where these are. */
  #anchor() {
    const top = this.#log.getBoundingClientRect().top;
    const element = [...this.#rows.querySelectorAll('article')].find((row) => row.getBoundingClientRect().bottom > top);
    return element ? { element, top: element.getBoundingClientRect().top } : null;
  }

  #scrolled() {
    const open = this.#model.open;
    if (!open) return;
    const below = this.#log.scrollHeight - this.#log.scrollTop - this.#log.clientHeight;
    this.#isAtEnd = below < NEAR;
    this.#latest.hidden = this.#isAtEnd && !open.hasNewer;
    if (this.#log.scrollTop < NEAR * 4) void open.older();
    if (below < NEAR * 4) void open.newer();
  }

  /** Shows the end, whatever was looked at. */
  toLatest() {
    this.#isAtEnd = true;
    const open = this.#model.open;
    if (open?.hasNewer || open?.target) void open.latest();
    this.#log.scrollTop = this.#log.scrollHeight;
  }

  /** @param {string} id */
  #goTo(id) {
    const element = [...this.#rows.children].find((row) => /** @type {HTMLElement} */ (row).dataset.key === id);
    if (!(element instanceof HTMLElement)) return;
    this.#target = id;
    this.#isAtEnd = false;
    const [row, log] = [element.getBoundingClientRect(), this.#log.getBoundingClientRect()];
    this.#log.scrollTop += row.top - log.top - (log.height - row.height) / 2;
    element.tabIndex = -1;
    element.focus({ preventScroll: true });
  }

  /** @param {IntersectionObserverEntry[]} entries */
  #see(entries) {
    for (const entry of entries) {
      if (entry.isIntersecting) this.#visible.add(entry.target);
      else this.#visible.delete(entry.target);
    }
    this.#read();
  }

  /** Tells what has been seen, while the person looks at the page. */
  #read = () => {
    clearTimeout(this.#reading);
    this.#reading = setTimeout(() => {
      const open = this.#model.open;
      if (!open || document.visibilityState !== 'visible' || !document.hasFocus()) return;
      const shown = new Set([...this.#visible].filter((element) => element.isConnected).map((element) => /** @type {HTMLElement} */ (element).dataset.key));
      const last = open.messages.findLast((message) => message.state === 'received' && shown.has(message.id));
      if (last) void this.#model.markRead(last.id);
    }, 300);
  };
}

/** What is below, for who looks at something above.
 * @param {number} unread */
const newWords = (unread) => (unread === 0 ? 'Latest messages' : unread === 1 ? '1 new message' : `${unread} new messages`);
