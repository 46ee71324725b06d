/**
 * What the API answers, as far as the page uses it. `/openapi/v1.json` is the full description.
 *
 * @typedef {'incoming' | 'outgoing'} Direction
 * @typedef {'queued' | 'published' | 'delivered' | 'read' | 'failed' | 'unknown' | 'received'} MessageState
 *
 * @typedef {object} Message
 * @property {string} id
 * @property {string} contact
 * @property {Direction} direction
 * @property {string} text
 * @property {string} sent_at the sender's clock
 * @property {string} recorded_at the clock of the session
 * @property {MessageState} state
 * @property {string} [failure]
 * @property {string} [detail]
 * @property {boolean} under_changed_key
 * @property {boolean} out_of_time
 * @property {boolean} request
 * @property {boolean} older_suite
 * @property {boolean} breaks_chain
 *
 * @typedef {object} Contact
 * @property {string} user
 * @property {string} [alias]
 * @property {'stranger' | 'accepted' | 'blocked'} standing
 * @property {'unseen' | 'pinned' | 'changed'} trust
 * @property {boolean} verified
 * @property {string} [fingerprint] of the pinned keys
 * @property {string} [pinned_by]
 * @property {'none' | 'plain' | 'proved'} vouched
 * @property {string} [offered] the fingerprint of other keys that the directory shows now
 * @property {string} [offered_suite] the suite of the offered keys, where they are other keys for it under the pinned ones
 * @property {string} [suite] by which messages to them go, where it is a better one than that of the pinned keys
 * @property {string} [withheld_suite] for which they do not see, by their own word, what this user has published
 * @property {string} [suite_keys] the fingerprint of their keys for it
 * @property {'missing' | 'older'} [suite_refusal] why the directory is not followed about it: nothing is sent
 * @property {boolean} [read_receipts]
 * @property {boolean} [delivery_receipts]
 * @property {number} [disappear_after_seconds] after which messages are deleted here; as the settings say, where it is absent
 * @property {number} unread
 *
 * @typedef {object} Conversation
 * @property {Contact} contact
 * @property {Message} [last]
 *
 * @typedef {'starting' | 'online' | 'reconnecting' | 'stopping'} ConnectionState
 *
 * @typedef {object} Connection
 * @property {ConnectionState} state
 * @property {string} [detail]
 *
 * @typedef {object} Identity
 * @property {string} user
 * @property {string} [fingerprint]
 * @property {string[]} scopes
 *
 * @typedef {object} Verification
 * @property {string} safety_number 60 digits
 * @property {string[]} qr rows of a QR code of them, 1 is dark
 * @property {string} fingerprint
 * @property {string} my_fingerprint
 * @property {boolean} verified
 *
 * @typedef {object} SentMessage
 * @property {string} id
 * @property {string} to
 * @property {MessageState} state
 * @property {string} [failure]
 * @property {string} [detail]
 *
 * @typedef {object} Happened an event of the log
 * @property {number} cursor
 * @property {string} at
 * @property {'message' | 'state' | 'contact' | 'connection'} type
 * @property {Message} [message]
 * @property {Contact} [contact]
 * @property {Connection} [connection]
 */

export {};
