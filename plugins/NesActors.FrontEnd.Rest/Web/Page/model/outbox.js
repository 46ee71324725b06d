import { Problem } from '../api/problem.js';
import { Pause, backOff } from './retry.js';

/** @import { Api } from '../api/api.js' */
/** @import { Message, SentMessage } from '../api/types.js' */

/**
 * What was written here and is not at the server yet.
 *
 * @typedef {object} Unsent
 * @property {string} key sent with each try: however often it is tried, the message goes out once
 * @property {string} to
 * @property {string} text
 * @property {string} at
 * @property {'sending' | 'waiting' | 'refused'} state
 * @property {string} [reason] why it waits, or was refused
 * @property {boolean} isSeen whether an event has told already of what seems to be this message
 */

/** Hands messages to the server, those to one contact in order, and tries again for as long as it does not answer. */
export class Outbox {
  #api;
  #changed;
  #sent;
  /** @type {Map<string, Pause>} by contact: who is being sent to */
  #busy = new Map();
  #isStopped = false;

  /** @param {Api} api
   * @param {() => void} changed
   * @param {(unsent: Unsent, sent: SentMessage) => void} sent */
  constructor(api, changed, sent) {
    this.#api = api;
    this.#changed = changed;
    this.#sent = sent;
    /** @type {readonly Unsent[]} */
    this.all = [];
  }

  /** @param {string} to
   * @returns {readonly Unsent[]} those that are not in the conversation already */
  of(to) {
    return this.all.filter((unsent) => unsent.to === to && !unsent.isSeen);
  }

  /** @param {string} to
   * @param {string} text */
  send(to, text) {
    this.all = [...this.all, { key: crypto.randomUUID(), to, text, at: new Date().toISOString(), state: 'sending', isSeen: false }];
    this.#changed();
    this.#pump(to);
  }

  /** Tries one again that was refused.
   * @param {Unsent} unsent */
  retry(unsent) {
    // It was refused, so the key stands for a refusal.
    this.#change(unsent.key, { key: crypto.randomUUID(), state: 'sending', reason: undefined });
    this.#pump(unsent.to);
  }

  /** @param {string} key */
  discard(key) {
    this.all = this.all.filter((unsent) => unsent.key !== key);
    this.#changed();
  }

  /** Tries again at once what waits. */
  hurry() {
    for (const pause of this.#busy.values()) pause.end();
  }

  stop() {
    this.#isStopped = true;
    this.hurry();
  }

  /** An event tells of a message that was sent from somewhere: where it is one of these, the answer is still on its way.
   * @param {Message} message */
  notice(message) {
    const same = this.all.find((unsent) => unsent.to === message.contact && unsent.text === message.text && unsent.state !== 'refused' && !unsent.isSeen);
    if (same) this.#change(same.key, { isSeen: true });
  }

  /** @param {string} to */
  async #pump(to) {
    if (this.#busy.has(to)) return;
    const pause = new Pause();
    this.#busy.set(to, pause);
    for (let tries = 0; !this.#isStopped;) {
      const next = this.all.find((unsent) => unsent.to === to && unsent.state !== 'refused');
      if (!next) break;
      const wait = await this.#try(next, tries + 1);
      tries = wait === 0 ? 0 : tries + 1;
      if (wait > 0) await pause.wait(wait);
    }
    this.#busy.delete(to);
  }

  /** @param {Unsent} unsent
   * @param {number} tries
   * @returns {Promise<number>} how long to wait before the next try; 0 where this one is done with */
  async #try(unsent, tries) {
    try {
      const sent = await this.#api.send(unsent.to, unsent.text, unsent.key);
      this.all = this.all.filter((one) => one.key !== unsent.key);
      this.#sent(unsent, sent);
      return 0;
    } catch (error) {
      const problem = error instanceof Problem ? error : Problem.noAnswer(error);
      if (problem.messageId) {
        // The session has it, and its log tells what became of it.
        this.discard(unsent.key);
        return 0;
      }
      const isPassing = problem.isPassing || problem.isSignedOut;
      this.#change(unsent.key, { state: isPassing ? 'waiting' : 'refused', reason: Problem.say(problem), isSeen: false });
      return isPassing ? (problem.retryAfter ?? 0) * 1000 || backOff(tries) : 0;
    }
  }

  /** @param {string} key
   * @param {Partial<Unsent>} change */
  #change(key, change) {
    this.all = this.all.map((unsent) => (unsent.key === key ? { ...unsent, ...change } : unsent));
    this.#changed();
  }
}
