import { Api } from '../api/api.js';
import { Problem } from '../api/problem.js';
import { Model } from '../model/model.js';
import { exchange, forget, remember, remembered, takeCode } from '../model/sign-in.js';
import { Shell } from './shell.js';
import { SignIn } from './sign-in.js';

/** @import { SignedIn } from '../model/sign-in.js' */

customElements.define('nes-shell', Shell);
customElements.define('nes-sign-in', SignIn);

/** The page: who is not signed in sees how to sign in, all others their messages. */
export class App extends HTMLElement {
  /** @type {Model | null} */
  #model = null;

  connectedCallback() {
    const code = takeCode();
    addEventListener('beforeunload', (event) => { if (this.#model?.outbox.all.length) event.preventDefault(); });
    addEventListener('online', () => this.#model?.hurry());
    // The link of another start may be opened in the tab of this one.
    addEventListener('hashchange', () => { const other = takeCode(); if (other) void this.#begin(exchange(other)); });
    const known = remembered();
    if (code) void this.#begin(exchange(code));
    else if (known) void this.#begin(Promise.resolve(known));
    else this.#ask();
  }

  /** @param {string} [why] */
  #ask(why = '') {
    this.replaceChildren(new SignIn((token) => this.#begin(Promise.resolve({ token })), why));
  }

  /** @param {Promise<SignedIn>} signingIn */
  async #begin(signingIn) {
    this.#end();
    try {
      const signedIn = await signingIn;
      const api = new Api(signedIn.token);
      const me = await api.identity();
      if (!me.scopes.includes('read')) return this.#ask('This token may not read messages: the page needs one with the scope read.');
      remember(signedIn);
      const model = this.#model = new Model(api, me);
      model.addEventListener('signedout', () => this.#signOut('The token is no longer of use: it has expired, or was revoked.'));
      this.replaceChildren(new Shell(model, () => this.#leave(api, signedIn)));
      model.start();
    } catch (error) {
      const isRefused = error instanceof Problem && (error.isSignedOut || error.status === 400 || error.status === 404 || error.status === 422);
      if (isRefused) forget();
      this.#ask(isRefused ? 'That is of no use here: the token is not known, or the link has been used or is too old.' : Problem.say(error));
    }
  }

  /** @param {Api} api
   * @param {SignedIn} signedIn */
  #leave(api, signedIn) {
    // A token that was made for this tab ends with it; without an answer it stays, and is listed by `nes tokens list`.
    if (signedIn.id) api.revokeToken(signedIn.id).catch(() => undefined);
    this.#signOut('');
  }

  /** @param {string} why */
  #signOut(why) {
    this.#end();
    forget();
    this.#ask(why);
  }

  #end() {
    this.#model?.stop();
    this.#model = null;
    document.title = 'NES';
  }
}
