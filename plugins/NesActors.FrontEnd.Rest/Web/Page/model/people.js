/** @import { Contact, Conversation as Summary, Message } from '../api/types.js' */

/** Everybody who is known, with the last message of each. */
export class People {
  constructor() {
    /** @type {Map<string, Summary>} */
    this.all = new Map();
    this.isLoaded = false;
  }

  /** @param {readonly Summary[]} summaries */
  replace(summaries) {
    this.all = new Map(summaries.map((summary) => [summary.contact.user, summary]));
    this.isLoaded = true;
  }

  /** @param {string} user
   * @returns {Contact} */
  contact(user) {
    return this.all.get(user)?.contact ?? { user, standing: 'stranger', trust: 'unseen', verified: false, vouched: 'none', unread: 0 };
  }

  /** @param {Contact} contact */
  takeContact(contact) {
    this.all.set(contact.user, { ...this.all.get(contact.user), contact });
  }

  /** Takes the newest message with somebody.
   * @param {Message} message */
  takeMessage(message) {
    const { contact, last } = this.all.get(message.contact) ?? { contact: this.contact(message.contact), last: undefined };
    if (!last || last.id === message.id || message.recorded_at >= last.recorded_at) this.all.set(message.contact, { contact, last: message });
  }

  /** @param {string} user */
  remove(user) {
    this.all.delete(user);
  }

  /** Those of a kind, the newest first.
   * @param {Contact['standing']} standing */
  of(standing) {
    return [...this.all.values()].filter((summary) => summary.contact.standing === standing).sort(byTime);
  }

  /** How many messages of contacts were not read; those of strangers are counted apart. */
  get unread() {
    return this.of('accepted').reduce((sum, { contact }) => sum + contact.unread, 0);
  }
}

/** @param {Summary} one
 * @param {Summary} other */
function byTime(one, other) {
  const [a, b] = [one.last?.recorded_at ?? '', other.last?.recorded_at ?? ''];
  return a === b ? one.contact.user.localeCompare(other.contact.user) : a < b ? 1 : -1;
}
