import { Problem } from '../api/problem.js';

/** @import { Api } from '../api/api.js' */
/** @import { Message } from '../api/types.js' */

/** Messages that are asked for at once. */
const PAGE = 50;

/** Messages that are held, and shown, at once: what is further away is asked for again when it is looked at. */
export const MAX_HELD = 300;

/** A part of what was said with one contact: what is looked at, and as much around it as is held. */
export class Conversation {
  #api;
  #changed;
  #isBusy = false;
  /** Another part was asked for since. */
  #part = 0;

  /** @param {Api} api
   * @param {string} user
   * @param {() => void} changed */
  constructor(api, user, changed) {
    this.#api = api;
    this.#changed = changed;
    this.user = user;
    /** @type {readonly Message[]} oldest first */
    this.messages = [];
    this.hasOlder = false;
    this.hasNewer = false;
    this.isLoaded = false;
    /** @type {unknown} what went wrong at the last attempt */
    this.error = null;
    /** @type {string | null} the message that was asked for */
    this.target = null;
  }

  /** Shows the latest, whatever was shown. */
  latest() {
    return this.#load(async () => {
      const page = await this.#api.messages(this.user, { limit: PAGE });
      return () => {
        this.messages = page;
        [this.hasOlder, this.hasNewer, this.target] = [page.length === PAGE, false, null];
      };
    }, true);
  }

  /** Takes what has changed while nobody told; what is looked at stays. */
  refresh() {
    if (!this.isLoaded) return this.latest();
    if (this.hasNewer) return Promise.resolve();
    return this.#load(async () => {
      const page = await this.#api.messages(this.user, { limit: PAGE });
      return () => {
        const held = new Set(this.messages.map((message) => message.id));
        if (page.some((message) => held.has(message.id))) {
          const fresh = new Map(page.map((message) => [message.id, message]));
          this.messages = [...this.messages.map((message) => fresh.get(message.id) ?? message), ...page.filter((message) => !held.has(message.id))];
        } else {
          this.messages = page;
          this.hasOlder = page.length === PAGE;
        }
      };
    }, true);
  }

  /** More from above. */
  older() {
    const first = this.messages[0];
    if (!first || !this.hasOlder) return Promise.resolve();
    return this.#load(async () => {
      const page = await this.#api.messages(this.user, { before: first.id, limit: PAGE });
      return () => {
        const all = [...page, ...this.messages];
        this.hasOlder = page.length === PAGE;
        this.hasNewer ||= all.length > MAX_HELD;
        this.messages = all.slice(0, MAX_HELD);
      };
    });
  }

  /** More from below. */
  newer() {
    const last = this.messages.at(-1);
    if (!last || !this.hasNewer) return Promise.resolve();
    return this.#load(async () => {
      const page = await this.#api.messages(this.user, { after: last.id, limit: PAGE });
      return () => {
        const all = [...this.messages, ...page];
        this.hasNewer = page.length === PAGE;
        this.hasOlder ||= all.length > MAX_HELD;
        this.messages = all.slice(-MAX_HELD);
      };
    });
  }

  /** Shows a message among those around it.
   * @param {Message} message */
  around(message) {
    return this.#load(async () => {
      const [before, after] = await Promise.all([
        this.#api.messages(this.user, { before: message.id, limit: PAGE }),
        this.#api.messages(this.user, { after: message.id, limit: PAGE }),
      ]);
      return () => {
        this.messages = [...before, message, ...after];
        [this.hasOlder, this.hasNewer, this.target] = [before.length === PAGE, after.length === PAGE, message.id];
      };
    }, true);
  }

  /** Takes a message as an event tells of it: a new one, or one that has come further.
   * @param {Message} message */
  take(message) {
    const others = this.messages.filter((one) => one.id !== message.id);
    if (others.length < this.messages.length) this.messages = placed(others, message);
    else if (this.isLoaded && !this.hasNewer && isNew(message, this.messages[0])) {
      const all = placed(this.messages, message);
      this.hasOlder ||= all.length > MAX_HELD;
      this.messages = all.slice(-MAX_HELD);
    } else return;
    this.#changed();
  }

  /** @param {string} id */
  has(id) {
    return this.messages.some((message) => message.id === id);
  }

  /** Marks here as read what the server was told of.
   * @param {string} upTo */
  markRead(upTo) {
    const end = this.messages.findIndex((message) => message.id === upTo);
    this.messages = this.messages.map((message, index) => (index <= end && message.state === 'received' ? { ...message, state: 'read' } : message));
    this.#changed();
  }

  /** Asks for a part, and shows it unless another was asked for in the meantime.
   * @param {() => Promise<() => void>} ask
   * @param {boolean} [isOther] whether it replaces what is being asked for; else it waits for another time
   */
  async #load(ask, isOther = false) {
    if (this.#isBusy && !isOther) return;
    const part = isOther ? ++this.#part : this.#part;
    this.#isBusy = true;
    try {
      const show = await ask();
      if (part !== this.#part) return;
      show();
      this.isLoaded = true;
      this.error = null;
    } catch (error) {
      if (part !== this.#part) return;
      // What was paged from has been deleted meanwhile, here or by its age.
      if (!isOther && error instanceof Problem && error.status === 404) return void this.latest();
      this.error = error;
    } finally {
      if (part === this.#part) this.#isBusy = false;
    }
    this.#changed();
  }
}

/** Messages with one more, in the order in which the session recorded them: the answer to what was sent may come behind what arrived after it.
 * @param {readonly Message[]} messages
 * @param {Message} message */
function placed(messages, message) {
  const before = messages.findLastIndex((one) => one.recorded_at <= message.recorded_at);
  return messages.toSpliced(before + 1, 0, message);
}

/** Whether a message that is not held stands behind those that are, which have no gaps: an event that is told again may be about one from before them.
 * @param {Message} message
 * @param {Message | undefined} first */
const isNew = (message, first) => !first || message.recorded_at >= first.recorded_at;
