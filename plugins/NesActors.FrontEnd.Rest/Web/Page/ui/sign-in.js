import { el } from './dom.js';

/** Asks for a token. */
export class SignIn extends HTMLElement {
  #signIn;
  #why;

  /** @param {(token: string) => void} signIn
   * @param {string} why why the person is asked (again) */
  constructor(signIn, why) {
    super();
    this.#signIn = signIn;
    this.#why = why;
  }

  connectedCallback() {
    const field = el('input', { id: 'token', type: 'password', autocomplete: 'off', spellcheck: 'false', required: true, 'aria-describedby': 'token-help', maxlength: 64 });
    const submit = (/** @type {Event} */ event) => {
      event.preventDefault();
      this.#signIn(field.value.trim());
    };
    this.replaceChildren(el('main', { class: 'sign-in' },
      el('h1', {}, 'NES'),
      el('p', {}, 'End-to-end encrypted messages, on your own machine.'),
      this.#why && el('p', { class: 'problem', role: 'alert' }, this.#why),
      el('form', { onsubmit: submit },
        el('label', { for: 'token' }, 'Token'),
        field,
        el('p', { id: 'token-help', class: 'hint' }, 'nes serve shows one when it starts first; nes tokens create makes another. nes serve --open gives a link instead. It is kept for this tab alone.'),
        el('button', { type: 'submit', class: 'primary' }, 'Sign in'))));
    field.focus();
  }
}
