import { oneLine } from '../text/safe-text.js';
import { el, setText } from './dom.js';

/** A line across the page that says what is wrong, while it is. */
export class Notice {
  #text = el('p', { role: 'status' });

  /** @param {...Node} actions what the person may do about it */
  constructor(...actions) {
    this.element = el('div', { class: 'notice', hidden: true }, this.#text, ...actions);
  }

  /** @param {string} text nothing: all is well */
  show(text) {
    setText(this.#text, oneLine(text));
    this.element.hidden = text === '';
  }
}
