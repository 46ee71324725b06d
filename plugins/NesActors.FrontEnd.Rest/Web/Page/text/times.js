/** Times as the person's own settings write them. */

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' });
const dayOfYear = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
const shortDay = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const shortDate = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' });

/** Two times further apart than this are told apart. */
const SAME = 2 * 60_000;

/** @param {string} at */
export const timeOf = (at) => clock.format(new Date(at));

/** @param {string} at */
export const fullTimeOf = (at) => full.format(new Date(at));

/** What is told of a time when it is pointed at: all of it, and as ISO 8601 writes it, for logs and other clocks.
 * @param {string} at */
export const exactTimeOf = (at) => `${fullTimeOf(at)} (${new Date(at).toISOString()})`;

/** The day as the key of a group: the same for all times of one day here.
 * @param {string} at */
export const dayKey = (at) => new Date(at).toDateString();

/** The day above a group of messages.
 * @param {string} at
 * @param {Date} [now] */
export function dayName(at, now = new Date()) {
  const then = new Date(at);
  const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1);
  if (then.toDateString() === now.toDateString()) return 'Today';
  if (then.toDateString() === yesterday.toDateString()) return 'Yesterday';
  return (then.getFullYear() === now.getFullYear() ? day : dayOfYear).format(then);
}

/** The time of today, or the date of another day, in as few letters as possible.
 * @param {string} at
 * @param {Date} [now] */
export function shortTime(at, now = new Date()) {
  const then = new Date(at);
  if (then.toDateString() === now.toDateString()) return clock.format(then);
  return (then.getFullYear() === now.getFullYear() ? shortDay : shortDate).format(then);
}

/** When its sender's clock says that a message was sent, where that is another time than that of its arrival; else nothing.
 * @param {string} sentAt
 * @param {string} recordedAt */
export function sentElsewhen(sentAt, recordedAt) {
  const [sent, recorded] = [new Date(sentAt), new Date(recordedAt)];
  if (Math.abs(sent.getTime() - recorded.getTime()) < SAME) return '';
  return `${sent.toDateString() === recorded.toDateString() ? '' : `${shortTime(sentAt, recorded)}, `}${clock.format(sent)}`;
}
