/** What states are called. The signs are those of the terminal. */

/** @import { Connection, Contact, Message } from '../api/types.js' */

/** @type {Record<string, string>} */
const FAILURES = {
  unknown_user: 'the key directory knows nobody of that name',
  keys_revoked: 'they have revoked their keys, and have no others yet',
  user_deleted: 'they have left the key directory',
  bad_keys: 'their keys are not to be trusted',
  key_changed: 'their keys have changed, and you have not accepted the new ones',
  suite_downgraded: 'the better suite that they have cannot be used now, and you have not let messages go without it',
  own_keys_unseen: 'the key directory does not show your own keys, so they could not tell that it is from you',
  directory_unavailable: 'the key directory could not be reached in time',
  broker_unavailable: 'the broker could not be reached in time',
  broker_untrusted: 'the broker could not prove who it is',
  broker_misconfigured: 'the settings for the broker make no sense',
  refused: 'the broker refused it',
  blocked: 'you have blocked them',
  withdrawn: 'it was taken back',
};

/** @type {Record<string, { sign: string, words: string }>} */
const STATES = {
  queued: { sign: '…', words: 'Waits to go out' },
  published: { sign: '✓', words: 'Sent: the broker has it' },
  delivered: { sign: '✓✓', words: 'Delivered' },
  read: { sign: '✓✓', words: 'Read' },
  failed: { sign: '✗', words: 'Not sent' },
  unknown: { sign: '?', words: 'The connection broke: nobody can know whether it was sent' },
};

/** How far a message of one's own has come.
 * @param {Message} message */
export function stateOf(message) {
  const state = STATES[message.state] ?? { sign: '', words: message.state };
  if (message.state !== 'failed') return state;
  return { ...state, words: `Not sent: ${FAILURES[message.failure ?? ''] ?? 'it could not be'}` };
}

/** Whether the broker is there; nothing where all is well.
 * @param {Connection} connection */
export function troubleOf(connection) {
  const why = connection.detail ? ` (${connection.detail})` : '';
  switch (connection.state) {
    case 'online': return '';
    case 'starting': return `Connecting to the broker${why}. What you write waits at the server until that is done.`;
    case 'stopping': return 'The session is about to end.';
    default: return `The broker is not reached${why}. What you write waits at the server and goes out when it is back; you may close this page.`;
  }
}

/** What the person calls a contact. To be made safe by who shows it.
 * @param {Contact} contact */
export const nameOf = (contact) => contact.alias ?? contact.user;

/** How far somebody's keys are to be trusted, in a few words.
 * @param {Contact} contact */
export function trustOf(contact) {
  if (contact.trust === 'changed') return 'Keys have changed';
  if (contact.suite_refusal) return 'Older suite';
  if (contact.verified) return 'Verified';
  if (contact.trust === 'unseen') return 'Keys not seen yet';
  return 'Not verified';
}

/** Why nothing goes to somebody until the person decides; nothing where it does.
 * @param {Contact} contact */
export function heldBack(contact) {
  if (contact.standing === 'blocked') return 'You have blocked them.';
  if (contact.trust === 'changed') return 'Nothing is sent until you have accepted the changed keys.';
  if (contact.suite_refusal) return 'Nothing is sent by an older suite until you have decided.';
  return '';
}

/** How far the key directory vouches for somebody's keys; nothing where it cannot, or the person has decided.
 * @param {Contact} contact */
export function vouchedOf(contact) {
  if (contact.verified || contact.trust !== 'pinned' || contact.pinned_by === 'person') return '';
  if (contact.vouched === 'proved') return 'The key directory proves that these are their keys. Whether nobody sits between you, the safety number alone tells.';
  if (contact.vouched === 'plain') return 'The key directory does not prove that these are their keys: compare the safety number.';
  return '';
}

/** Hexadecimal or decimal digits in groups, to be read aloud.
 * @param {string} digits
 * @param {number} size */
export const groupsOf = (digits, size) => digits.match(new RegExp(`.{1,${size}}`, 'gu')) ?? [];

/** @type {readonly (readonly [number, string])[]} */
const UNITS = [[86_400, 'day'], [3600, 'hour'], [60, 'minute'], [1, 'second']];

/** A length of time in the largest unit of which it is a whole number: `45 days`.
 * @param {number} seconds a whole number, 1 at least */
export function lengthOf(seconds) {
  const [length, name] = UNITS.find(([unit]) => seconds % unit === 0) ?? [1, 'second'];
  const count = seconds / length;
  return `${count} ${name}${count === 1 ? '' : 's'}`;
}

/** What a username is, as the wire allows it. */
export const USERNAME = /^[a-z0-9_-]{3,32}$/u;
