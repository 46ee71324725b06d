import { readEvents } from '../api/event-stream.js';
import { Problem } from '../api/problem.js';
import { Pause, backOff } from './retry.js';

/** @import { Api } from '../api/api.js' */
/** @import { Happened } from '../api/types.js' */

/** A line on which nothing came for so long is dead: the server sends heart-beats. */
const SILENCE = 60_000;

/**
 * @typedef {object} Listener
 * @property {() => void} onOpen the line stands: what happens from now on comes by it
 * @property {(event: Happened) => void} onEvent
 * @property {(problem: Problem, retryAt: number) => void} onLost it stands no more, and is made again at a time of the page's clock
 * @property {() => void} onSignedOut the token is no longer of use; it is not made again
 */

/** The stream of events, made again as often as it breaks, without loss or repeat: it goes on behind the last event that came. */
export class EventLine {
  #api;
  #listener;
  #pause = new Pause();
  #stopped = new AbortController();
  /** @type {string | null} */
  #cursor = null;

  /** @param {Api} api
   * @param {Listener} listener */
  constructor(api, listener) {
    this.#api = api;
    this.#listener = listener;
  }

  async start() {
    for (let tries = 0; !this.#stopped.signal.aborted;) {
      const problem = await this.#listen(() => { tries = 0; });
      if (this.#stopped.signal.aborted) return;
      if (problem.isSignedOut || problem.status === 403) {
        this.#listener.onSignedOut();
        return;
      }
      // The log is another one. Whoever hears that the line stands reads everything anew.
      if (problem.status === 422) this.#cursor = null;
      const wait = problem.retryAfter ? problem.retryAfter * 1000 : backOff(++tries);
      this.#listener.onLost(problem, Date.now() + wait);
      await this.#pause.wait(wait);
    }
  }

  /** Tries again at once, where it waits. */
  hurry() {
    this.#pause.end();
  }

  stop() {
    this.#stopped.abort();
    this.#pause.end();
  }

  /** Listens until the line breaks.
   * @param {() => void} onOpen
   * @returns {Promise<Problem>} why */
  async #listen(onOpen) {
    const dead = new AbortController();
    const signal = AbortSignal.any([dead.signal, this.#stopped.signal]);
    let watch = setTimeout(() => dead.abort(), SILENCE);
    try {
      const response = await this.#api.events(this.#cursor, signal);
      if (!response.body) return Problem.noAnswer(null);
      onOpen();
      this.#listener.onOpen();
      for await (const { id, event } of readEvents(response.body)) {
        clearTimeout(watch);
        watch = setTimeout(() => dead.abort(), SILENCE);
        if (id) this.#cursor = id;
        if (event) this.#listener.onEvent(JSON.parse(event.data));
      }
      return Problem.noAnswer(new Error('The server ended the line.'));
    } catch (error) {
      return error instanceof Problem ? error : Problem.noAnswer(error);
    } finally {
      clearTimeout(watch);
      dead.abort();
    }
  }
}
