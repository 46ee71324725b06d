import { USERNAME } from '../text/words.js';

/** @import { Model } from '../model/model.js' */

/**
 * The conversation that is open, as an entry of the tab's history above the list of contacts: "back" of the browser closes it, which is what a narrow screen shows as going back, and a reload opens it again. The entry holds
 * the names and nothing else, and no address tells of it.
 */
export class Place {
  #model;
  /** Going back was asked for, and has not happened yet. */
  #isLeaving = false;

  /** @param {Model} model */
  constructor(model) {
    this.#model = model;
  }

  /** Opens what was open before a reload, and follows the browser from then on.
   * @param {AbortSignal} signal ends it */
  start(signal) {
    const user = this.#entry();
    if (user) this.#model.openConversation(user);
    else history.replaceState(null, '');
    addEventListener('popstate', () => this.#pop(), { signal });
    signal.addEventListener('abort', () => history.replaceState(null, ''));
  }

  /** Follows the page. */
  update() {
    const [user, entry] = [this.#model.open?.user ?? '', this.#entry()];
    if (user === entry || this.#isLeaving) return;
    if (user && entry) history.replaceState(this.#stateOf(user), '');
    else if (user) history.pushState(this.#stateOf(user), '');
    else {
      this.#isLeaving = true;
      history.back();
    }
  }

  #pop() {
    if (this.#isLeaving) {
      this.#isLeaving = false;
      this.update();
      return;
    }
    const user = this.#entry();
    if (user) this.#model.openConversation(user);
    else if (this.#model.open) this.#model.closeConversation();
  }

  /** Who is open in the entry of the history; nobody in one of another identity. */
  #entry() {
    const state = history.state;
    return state?.me === this.#model.me.user && typeof state.user === 'string' && USERNAME.test(state.user) ? state.user : '';
  }

  /** @param {string} user */
  #stateOf(user) {
    return { me: this.#model.me.user, user };
  }
}
