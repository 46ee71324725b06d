import { Api } from '../api/api.js';
import { Problem } from '../api/problem.js';
import { Model } from '../model/model.js';
import { exchange, forget, remember, remembered, takeCode } from '../model/sign-in.js';
import { el } from './dom.js';
import { Shell } from './shell.js';
import { SignIn } from './sign-in.js';

/** @import { SignedIn } from '../model/sign-in.js' */

customElements.define('nes-shell', Shell);
customElements.define('nes-sign-in', SignIn);

/** The page: who is not signed in sees how to sign in, all others their messages. */
export class App extends HTMLElement {
  /** @type {Model | null} */
  #model = null;
  /** Signing in goes on for a while: what was begun before the last attempt is of no interest any more. */
  #attempt = 0;
  /** @type {{ user: string, texts: ReadonlyMap<string, string> } | null} what had not gone out when a token came to its end, by contact */
  #kept = null;

  connectedCallback() {
    const code = takeCode();
    addEventListener('beforeunload', (event) => { if (this.#kept || this.#model?.written().size) event.preventDefault(); });
    addEventListener('online', () => this.#model?.hurry());
    document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'visible') this.#model?.hurry(); });
    // The link of another start may be opened in the tab of this one.
    addEventListener('hashchange', () => { const other = takeCode(); if (other) void this.#begin(exchange(other)); });
    const known = remembered();
    if (code) void this.#begin(exchange(code));
    else if (known) void this.#begin(Promise.resolve(known));
    else this.#ask();
  }

  /** @param {string} [why]
   * @param {SignedIn} [again] what may be tried again */
  #ask(why = '', again) {
    this.replaceChildren(new SignIn((token) => this.#begin(Promise.resolve({ token })), why, again && (() => this.#begin(Promise.resolve(again)))));
  }

  /** @param {Promise<SignedIn>} signingIn */
  async #begin(signingIn) {
    const attempt = ++this.#attempt;
    this.#end();
    this.replaceChildren(el('p', { class: 'hint nothing', role: 'status' }, 'Signing in…'));
    /** @type {SignedIn | undefined} */
    let signedIn;
    try {
      signedIn = await signingIn;
      const api = new Api(signedIn.token);
      const me = await api.identity();
      if (attempt !== this.#attempt) return;
      if (!me.scopes.includes('read')) return this.#ask('This token may not read messages: the page needs one with the scope read.');
      remember(signedIn);
      this.#show(new Model(api, me), signedIn);
    } catch (error) {
      if (attempt !== this.#attempt) return;
      const isRefused = error instanceof Problem && (error.isSignedOut || error.status === 400 || error.status === 404 || error.status === 422);
      if (isRefused) forget();
      // The code is used up: what it gave must not be lost because the server is slow.
      else if (signedIn) remember(signedIn);
      this.#ask(isRefused ? 'That is of no use here: the token is not known, or the link has been used or is too old.' : Problem.say(error), isRefused ? undefined : signedIn);
    }
  }

  /** @param {Model} model
   * @param {SignedIn} signedIn */
  #show(model, signedIn) {
    this.#model = model;
    if (this.#kept?.user === model.me.user) for (const [user, text] of this.#kept.texts) model.drafts.set(user, text);
    this.#kept = null;
    model.addEventListener('signedout', () => {
      const texts = model.written();
      this.#kept = texts.size > 0 ? { user: model.me.user, texts } : null;
      this.#signOut(`The token is no longer of use: it has expired, or was revoked.${this.#kept ? ` What had not gone out is kept in this tab until you sign in again as ${model.me.user}.` : ''}`);
    });
    this.replaceChildren(new Shell(model, () => void this.#leave(model.api, signedIn)));
    model.start();
  }

  /** @param {Api} api
   * @param {SignedIn} signedIn */
  async #leave(api, signedIn) {
    this.#signOut('');
    // A token that was made for this tab ends with it.
    if (!signedIn.id) return;
    const attempt = this.#attempt;
    try {
      await api.revokeToken(signedIn.id);
    } catch (error) {
      const isDone = error instanceof Problem && (error.isSignedOut || error.status === 404);
      if (!isDone && attempt === this.#attempt) this.#ask(`You are signed out here, but the server was not told: ${Problem.say(error)} The token is good until “nes tokens revoke ${signedIn.id}”.`);
    }
  }

  /** @param {string} why */
  #signOut(why) {
    this.#attempt++;
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
