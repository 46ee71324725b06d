import { Problem } from '../api/problem.js';
import { preview } from '../text/safe-text.js';
import { marked } from '../text/show-text.js';
import { exactTimeOf, shortTime } from '../text/times.js';
import { el } from './dom.js';
import { icon } from './icons.js';

/** @import { Model } from '../model/model.js' */
/** @import { Message } from '../api/types.js' */
/** @import { MessageList } from './message-list.js' */

const [LIMIT, PAUSE, AROUND] = [50, 300, 40];

/** Finds messages of the open conversation, marks what was found, and goes there. */
export class SearchPanel extends HTMLElement {
  #model;
  #messages;
  #user = '';
  #attempt = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #field = el('input', { type: 'search', 'aria-label': 'Search in this conversation', placeholder: 'Search in this conversation', maxlength: 256, oninput: () => this.#later() });
  #count = el('p', { class: 'hint', role: 'status' });
  #results = el('ul', {});

  /** @param {Model} model
   * @param {MessageList} messages */
  constructor(model, messages) {
    super();
    this.#model = model;
    this.#messages = messages;
    this.hidden = true;
  }

  connectedCallback() {
    this.replaceChildren(el('div', { class: 'find' }, this.#field, el('button', { type: 'button', class: 'quiet', 'aria-label': 'Close the search', onclick: () => this.hide() }, icon('close'))), this.#count, this.#results);
  }

  get isShown() {
    return !this.hidden;
  }

  show() {
    this.hidden = false;
    this.#user = this.#model.open?.user ?? '';
    this.#field.focus();
    this.#field.select();
  }

  hide() {
    this.hidden = true;
    clearTimeout(this.#timer);
    this.#attempt++;
    this.#field.value = '';
    this.#results.replaceChildren();
    this.#count.textContent = '';
    this.#messages.find = '';
    this.#messages.update();
  }

  update() {
    if (this.isShown && this.#user !== this.#model.open?.user) this.hide();
  }

  #later() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#search(), PAUSE);
  }

  async #search() {
    const text = this.#field.value.trim();
    const attempt = ++this.#attempt;
    try {
      const found = text === '' ? [] : await this.#model.api.messages(this.#user, { q: text, limit: LIMIT });
      if (attempt !== this.#attempt) return;
      this.#messages.find = text;
      this.#messages.update();
      this.#count.textContent = text === '' ? '' : found.length === 0 ? 'Nothing found.' : found.length === LIMIT ? `The latest ${LIMIT}` : `${found.length} found`;
      this.#results.replaceChildren(...found.reverse().map((message) => el('li', {}, el('button', { type: 'button', onclick: () => void this.#model.open?.around(message) },
        el('time', { datetime: message.recorded_at, title: exactTimeOf(message.recorded_at) }, shortTime(message.recorded_at)), ' ', el('bdi', {}, ...marked(cut(message, text), text))))));
    } catch (error) {
      if (attempt === this.#attempt) this.#count.textContent = Problem.say(error);
    }
  }
}

/** What stands around the place.
 * @param {Message} message
 * @param {string} text */
function cut(message, text) {
  const at = Math.max(0, message.text.toLowerCase().indexOf(text.toLowerCase()) - AROUND);
  return `${at > 0 ? '…' : ''}${preview(message.text.slice(at), text.length + 2 * AROUND)}`;
}
