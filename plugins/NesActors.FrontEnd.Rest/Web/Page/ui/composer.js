import { oneLine } from '../text/safe-text.js';
import { heldBack, nameOf } from '../text/words.js';
import { el, setAttribute, setText } from './dom.js';
import { icon } from './icons.js';

/** @import { Model } from '../model/model.js' */

/** The longest text that is sent, in bytes of UTF-8. */
const MAX_BYTES = 64 * 1024;

/** Where a message is written. What was begun stays with its contact. */
export class Composer extends HTMLElement {
  #model;
  #sent;
  #user = '';
  #field = el('textarea', { rows: 1, 'aria-describedby': 'composer-hint', onkeydown: (/** @type {KeyboardEvent} */ event) => this.#press(event), oninput: () => this.#typed() });
  #hint = el('p', { id: 'composer-hint', class: 'hint' });
  #send = el('button', { type: 'button', class: 'primary send', 'aria-label': 'Send', title: 'Send (Enter)', onclick: () => this.#submit() }, icon('send'));

  /** @param {Model} model
   * @param {() => void} sent something was sent, which its writer wants to see */
  constructor(model, sent) {
    super();
    this.#model = model;
    this.#sent = sent;
  }

  connectedCallback() {
    this.replaceChildren(el('div', { class: 'write' }, this.#field, this.#send), this.#hint);
  }

  focusField() {
    this.#field.focus();
  }

  update() {
    const user = this.#model.open?.user;
    if (!user) return;
    const contact = this.#model.contact(user);
    const name = oneLine(nameOf(contact));
    const why = this.#model.may('send') ? heldBack(contact) : 'The token may not send.';
    // What was begun can still be read, and copied.
    this.#field.readOnly = this.#send.disabled = why !== '';
    setAttribute(this.#field, 'aria-label', `Message to ${name}`);
    setAttribute(this.#field, 'placeholder', `Message to ${name}`);
    if (this.#user !== user) {
      this.#user = user;
      this.#field.value = this.#model.drafts.get(user) ?? '';
      this.#fit();
      this.#field.focus();
    }
    const isTooLong = this.#bytes() > MAX_BYTES;
    setText(this.#hint, why || (isTooLong ? 'Too long: 64 KiB at most.' : 'Enter sends, Shift+Enter begins a new line'));
    setAttribute(this.#hint, 'class', isTooLong ? 'hint problem' : 'hint');
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.#submit();
  }

  #typed() {
    this.#model.drafts.set(this.#user, this.#field.value);
    this.#fit();
    this.update();
  }

  #submit() {
    const text = this.#field.value.toWellFormed();
    if (text.trim() === '' || this.#field.readOnly || this.#bytes() > MAX_BYTES) return;
    this.#field.value = '';
    this.#model.drafts.delete(this.#user);
    this.#fit();
    this.#sent();
    this.#model.outbox.send(this.#user, text);
    this.#field.focus();
  }

  /** As many lines as there are, up to eight. */
  #fit() {
    this.#field.rows = Math.min(8, this.#field.value.split('\n').length);
  }

  #bytes() {
    return new TextEncoder().encode(this.#field.value).length;
  }
}
