/** How long requests are gathered: many messages of one contact ask once. */
const [GATHER, AGAIN] = [250, 3000];

/** Asks again how contacts are, those that were touched, each once in a while. */
export class Refresher {
  #refresh;
  /** @type {Set<string>} */
  #wanted = new Set();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #later;
  #isStopped = false;

  /** @param {(user: string) => Promise<void>} refresh */
  constructor(refresh) {
    this.#refresh = refresh;
  }

  /** @param {string} user */
  ask(user) {
    if (this.#isStopped) return;
    this.#wanted.add(user);
    this.#timer ??= setTimeout(() => void this.#run(), GATHER);
  }

  /** Does something in a while; the last that was asked for.
   * @param {() => void} action */
  later(action) {
    clearTimeout(this.#later);
    if (!this.#isStopped) this.#later = setTimeout(action, AGAIN);
  }

  stop() {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    clearTimeout(this.#later);
  }

  async #run() {
    const users = [...this.#wanted];
    this.#wanted.clear();
    // One after the other: a flood must not become one of ours. What cannot be asked now is asked with all the rest when the line stands again.
    for (const user of users) await this.#refresh(user).catch(() => undefined);
    this.#timer = undefined;
    if (this.#wanted.size > 0 && !this.#isStopped) this.#timer = setTimeout(() => void this.#run(), GATHER);
  }
}
