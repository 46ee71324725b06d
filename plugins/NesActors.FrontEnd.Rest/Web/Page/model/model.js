import { Problem } from '../api/problem.js';
import { Conversation } from './conversation.js';
import { EventLine } from './event-line.js';
import { Outbox } from './outbox.js';
import { People } from './people.js';
import { Refresher } from './refresher.js';

/** @import { Api } from '../api/api.js' */
/** @import { Connection, Contact, Happened, Identity, Message, SentMessage } from '../api/types.js' */
/** @import { Unsent } from './outbox.js' */

/**
 * @typedef {{ state: 'connecting' | 'live' } | { state: 'lost', problem: Problem, retryAt: number }} Line
 */

/**
 * What the page knows. It tells of each change by an event `change`, of an arrival by `arrival` (its detail is the message), and by `signedout` that the token is no longer of use.
 */
export class Model extends EventTarget {
  #events;
  #refresher;
  /** @type {Happened[] | null} what happens while everything is being read, to be taken after that */
  #held = null;

  /** @param {Api} api
   * @param {Identity} me */
  constructor(api, me) {
    super();
    this.api = api;
    this.me = me;
    this.people = new People();
    /** @type {Conversation | null} */
    this.open = null;
    /** @type {Connection} */
    this.connection = { state: 'online' };
    /** @type {Line} */
    this.line = { state: 'connecting' };
    /** @type {Map<string, string>} what was begun to be written, by contact */
    this.drafts = new Map();
    this.outbox = new Outbox(api, () => this.changed(), (unsent, sent) => this.#takeSent(unsent, sent));
    this.#refresher = new Refresher((user) => this.refreshContact(user));
    this.#events = new EventLine(api, {
      onOpen: () => { void this.#readAll(); },
      onEvent: (event) => { if (this.#held) this.#held.push(event); else this.#take(event); },
      onLost: (problem, retryAt) => this.#lose(problem, retryAt),
      onSignedOut: () => this.dispatchEvent(new Event('signedout')),
    });
  }

  start() {
    void this.#events.start();
  }

  stop() {
    this.#events.stop();
    this.#refresher.stop();
    this.outbox.stop();
  }

  /** Tries everything again at once that waits. */
  hurry() {
    this.#events.hurry();
    this.outbox.hurry();
  }

  changed() {
    this.dispatchEvent(new Event('change'));
  }

  /** @param {'send' | 'read' | 'admin'} scope */
  may(scope) {
    return this.me.scopes.includes(scope);
  }

  /** Opens the conversation with somebody, who need not be known.
   * @param {string} user */
  openConversation(user) {
    if (this.open?.user === user) return;
    this.open = new Conversation(this.api, user, () => this.changed());
    void this.open.latest();
    this.changed();
    if (!this.people.all.has(user)) void this.refreshContact(user).catch(() => undefined);
  }

  /** Looks in the key directory for somebody now; the first keys that it shows are pinned.
   * @param {string} user */
  async lookUp(user) {
    this.people.takeContact(await this.api.lookUp(user));
    this.changed();
  }

  /** What was written here and is not at the server for certain, by contact. */
  written() {
    const texts = new Map([...this.drafts].filter(([, text]) => text !== ''));
    for (const { to, text } of this.outbox.all.toReversed()) texts.set(to, texts.has(to) ? `${text}\n${texts.get(to)}` : text);
    return texts;
  }

  closeConversation() {
    this.open = null;
    this.changed();
  }

  /** Asks how a contact is now.
   * @param {string} user */
  async refreshContact(user) {
    this.people.takeContact(await this.api.contact(user));
    this.changed();
  }

  /** Does what the person has decided about a contact, and asks how the contact is after that.
   * @param {string} user
   * @param {() => Promise<unknown>} decision */
  async decide(user, decision) {
    await decision();
    await this.refreshContact(user);
  }

  /** Does something by which messages of somebody may be deleted, and reads what is left.
   * @param {string} user
   * @param {() => Promise<unknown>} action */
  async change(user, action) {
    await action();
    this.people.replace(await this.api.conversations());
    await (this.open?.user === user ? this.open.latest() : undefined);
    this.changed();
  }

  /** @param {string} user */
  async forgetContact(user) {
    await this.api.forget(user);
    this.people.remove(user);
    this.drafts.delete(user);
    if (this.open?.user === user) this.open = null;
    this.changed();
  }

  /** Says that messages of the open conversation were read.
   * @param {string} upTo the last of them */
  async markRead(upTo) {
    const open = this.open;
    if (!open) return;
    open.markRead(upTo);
    try {
      await this.api.markRead(open.user, upTo);
      this.#refresher.ask(open.user);
    } catch (error) {
      // Another try comes with the next message that is seen, or when the line stands again.
      if (!(error instanceof Problem)) throw error;
    }
  }

  /** Reads how everything is, once what happens from then on is being told. */
  async #readAll() {
    const held = this.#held = /** @type {Happened[]} */ ([]);
    try {
      const [conversations, status] = await Promise.all([this.api.conversations(), this.api.status(), this.open?.refresh()]);
      if (this.#held !== held) return;
      this.people.replace(conversations);
      this.connection = { state: status.connection, detail: status.detail };
      this.line = { state: 'live' };
      this.outbox.hurry();
    } catch (error) {
      if (this.#held !== held) return;
      const problem = error instanceof Problem ? error : Problem.noAnswer(error);
      if (problem.isSignedOut) this.dispatchEvent(new Event('signedout'));
      this.line = { state: 'lost', problem, retryAt: 0 };
      this.#refresher.later(() => { if (this.#held === null && this.line.state === 'lost') void this.#readAll(); });
    }
    this.#held = null;
    for (const event of held) this.#take(event);
    this.changed();
  }

  /** @param {Problem} problem
   * @param {number} retryAt */
  #lose(problem, retryAt) {
    this.line = { state: 'lost', problem, retryAt };
    this.changed();
  }

  /** @param {Happened} event */
  #take(event) {
    if (event.connection) this.connection = event.connection;
    if (event.contact) this.people.takeContact(event.contact);
    if (event.message) this.#takeMessage(event.type, event.message);
    this.changed();
  }

  /** @param {Happened['type']} type
   * @param {Message} message */
  #takeMessage(type, message) {
    const isKnown = this.open?.has(message.id);
    if (message.direction === 'outgoing' && message.state === 'queued' && !isKnown) this.outbox.notice(message);
    this.people.takeMessage(message);
    if (this.open?.user === message.contact) this.open.take(message);
    // How many are unread, and whether keys have changed, is the server's word.
    this.#refresher.ask(message.contact);
    if (type === 'message' && !isKnown) this.dispatchEvent(new CustomEvent('arrival', { detail: message }));
  }

  /** @param {Unsent} unsent
   * @param {SentMessage} sent */
  #takeSent(unsent, sent) {
    /** @type {Message} */
    const message = {
      id: sent.id, contact: unsent.to, direction: 'outgoing', text: unsent.text, sent_at: unsent.at, recorded_at: new Date().toISOString(), state: sent.state,
      failure: sent.failure, detail: sent.detail, under_changed_key: false, out_of_time: false, request: false, older_suite: false, breaks_chain: false,
    };
    const open = this.open?.user === unsent.to ? this.open : null;
    if (!open?.has(sent.id)) open?.take(message);
    if (this.people.all.get(unsent.to)?.last?.id !== sent.id) this.people.takeMessage(message);
    this.#refresher.ask(unsent.to);
    // The server answers, so the line need not wait any longer.
    this.#events.hurry();
    this.changed();
  }

  /** @param {string} user
   * @returns {Contact} */
  contact(user) {
    return this.people.contact(user);
  }
}
