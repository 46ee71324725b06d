import { el } from './dom.js';

/** Asks for a token. */
export class SignIn extends HTMLElement {
  #signIn;
  #why;
  #again;

  /** @param {(token: string) => void} signIn
   * @param {string} why why the person is asked (again)
   * @param {() => void} [again] tries again what went wrong for a reason that may pass */
  constructor(signIn, why, again) {
    super();
    this.#signIn = signIn;
    this.#why = why;
    this.#again = again;
  }

  connectedCallback() {
    const field = el('input', { id: 'token', type: 'password', autocomplete: 'off', spellcheck: 'false', required: true, 'aria-describedby': 'token-help', maxlength: 64 });
    const again = this.#again && el('button', { type: 'button', class: 'primary', onclick: this.#again }, 'Try again');
    const submit = (/** @type {Event} */ event) => {
      event.preventDefault();
      this.#signIn(field.value.trim());
    };
    this.replaceChildren(el('main', { class: 'sign-in' },
      el('h1', {}, 'NES'),
      el('p', {}, 'End-to-end encrypted messages, on your own machine.'),
      this.#why && el('p', { class: 'problem', role: 'alert' }, this.#why), again,
      el('form', { onsubmit: submit },
        el('label', { for: 'token' }, 'Token'),
        field,
        el('p', { id: 'token-help', class: 'hint' },
          el('code', {}, 'nes serve'), ' shows one when it starts first; ', el('code', {}, 'nes tokens create NAME'), ' makes another; ', el('code', {}, 'nes serve --open'),
          ' gives a link instead. What signs you in is kept for this tab alone.'),
        el('button', { type: 'submit', class: again ? '' : 'primary' }, 'Sign in'))));
    (again ?? field).focus();
  }
}
