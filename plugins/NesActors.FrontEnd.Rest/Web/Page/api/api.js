import { Problem } from './problem.js';

/** @import * as Types from './types.js' */

/** How long a request may take that is answered at once. */
const PATIENCE = 30_000;

/** The API, as one token may use it. The token goes into a header and nowhere else. */
export class Api {
  #token;

  /** @param {string} token */
  constructor(token) {
    this.#token = token;
  }

  /** Exchanges the code of a sign-in link for a token.
   * @param {string} code
   * @returns {Promise<{ secret: string, token: { id: string } }>} */
  static signIn(code) {
    return new Api('').#json('POST', '/v1/sign-in', { code });
  }

  /** @returns {Promise<Types.Identity>} */
  async identity() {
    return (await this.#json('GET', '/v1/identities')).identities[0];
  }

  /** @returns {Promise<{ connection: Types.ConnectionState, detail?: string }>} */
  status() {
    return this.#json('GET', '/v1/status');
  }

  /** @returns {Promise<Types.Conversation[]>} newest first */
  async conversations() {
    return (await this.#json('GET', '/v1/conversations')).conversations;
  }

  /** @param {string} user
   * @returns {Promise<Types.Contact>} */
  contact(user) {
    return this.#json('GET', contactPath(user));
  }

  /** @param {string} user
   * @param {{ before?: string, after?: string, limit: number, q?: string }} wanted
   * @returns {Promise<Types.Message[]>} oldest first */
  async messages(user, wanted) {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(wanted)) if (value !== undefined) query.set(name, String(value));
    try {
      return (await this.#json('GET', `${conversationPath(user)}/messages?${query}`)).messages;
    } catch (error) {
      // With whom nothing was ever said, nothing was said.
      if (error instanceof Problem && error.status === 404 && wanted.before === undefined && wanted.after === undefined) return [];
      throw error;
    }
  }

  /** @param {string} to
   * @param {string} text
   * @param {string} key the same key a second time sends nothing again
   * @returns {Promise<Types.SentMessage>} */
  async send(to, text, key) {
    return (await this.#json('POST', '/v1/messages', { to, text }, { 'Idempotency-Key': key })).messages[0];
  }

  /** @param {string} user
   * @param {string} upTo */
  markRead(user, upTo) {
    return this.#json('PUT', `${conversationPath(user)}/read`, { up_to: upTo });
  }

  /** @param {string} user
   * @param {'accept' | 'block' | 'unblock' | 'older-suite'} decision */
  decide(user, decision) {
    return this.#json('POST', `${contactPath(user)}/${decision}`);
  }

  /** @param {string} user
   * @param {string | null} alias */
  rename(user, alias) {
    return this.#json('PATCH', contactPath(user), { alias });
  }

  /** @param {string} user
   * @param {{ read_receipts?: boolean | null, delivery_receipts?: boolean | null }} told whether they are told what was read, what has arrived; null: as the settings say */
  tell(user, told) {
    return this.#json('PATCH', contactPath(user), told);
  }

  /** @param {string} user
   * @param {number | null} seconds after which messages are deleted here; null: as the settings say */
  disappear(user, seconds) {
    return this.#json('PUT', `${conversationPath(user)}/disappear`, { after_seconds: seconds });
  }

  /** Deletes all messages with somebody here.
   * @param {string} user */
  clear(user) {
    return this.#json('DELETE', conversationPath(user));
  }

  /** @param {string} user */
  forget(user) {
    return this.#json('DELETE', contactPath(user));
  }

  /** @param {string} user
   * @param {string} fingerprint of the keys that are accepted, whole */
  trust(user, fingerprint) {
    return this.#json('POST', `${contactPath(user)}/trust`, { fingerprint });
  }

  /** Asks the key directory now.
   * @param {string} user
   * @returns {Promise<Types.Contact>} */
  lookUp(user) {
    return this.#json('POST', `${contactPath(user)}/look-up`);
  }

  /** @param {string} user
   * @returns {Promise<Types.Verification>} */
  verification(user) {
    return this.#json('GET', `${contactPath(user)}/verify`);
  }

  /** @param {string} user
   * @param {string} number as the other side has it */
  verify(user, number) {
    return this.#json('PUT', `${contactPath(user)}/verify`, { safety_number: number });
  }

  /** @param {string} user */
  unverify(user) {
    return this.#json('DELETE', `${contactPath(user)}/verify`);
  }

  /** @param {string} id */
  revokeToken(id) {
    return this.#json('DELETE', `/v1/tokens/${encodeURIComponent(id)}`);
  }

  /** Opens the stream of events.
   * @param {string | null} after the last cursor that was seen; null: from now on
   * @param {AbortSignal} signal ends it */
  events(after, signal) {
    return this.#fetch('GET', '/v1/events', undefined, { Accept: 'text/event-stream', ...(after === null ? {} : { 'Last-Event-ID': after }) }, signal);
  }

  /** @param {string} method
   * @param {string} path
   * @param {object} [body]
   * @param {Record<string, string>} [headers]
   * @returns {Promise<any>} */
  async #json(method, path, body, headers) {
    const response = await this.#fetch(method, path, body, headers, AbortSignal.timeout(PATIENCE));
    if (response.status === 204) return undefined;
    try {
      return await response.json();
    } catch (error) {
      throw Problem.noAnswer(error);
    }
  }

  /** @param {string} method
   * @param {string} path
   * @param {object | undefined} body
   * @param {Record<string, string> | undefined} headers
   * @param {AbortSignal} signal */
  async #fetch(method, path, body, headers, signal) {
    let response;
    try {
      response = await fetch(path, {
        method,
        headers: {
          ...(this.#token ? { Authorization: `Bearer ${this.#token}` } : {}),
          ...(body ? { 'Content-Type': 'application/json' } : {}),
          ...headers,
        },
        body: body ? JSON.stringify(body) : undefined,
        cache: 'no-store',
        credentials: 'omit',
        redirect: 'error',
        referrerPolicy: 'no-referrer',
        signal,
      });
    } catch (error) {
      throw Problem.noAnswer(error);
    }
    if (!response.ok) throw await Problem.of(response);
    return response;
  }
}

/** @param {string} user */
const contactPath = (user) => `/v1/contacts/${encodeURIComponent(user)}`;

/** @param {string} user */
const conversationPath = (user) => `/v1/conversations/${encodeURIComponent(user)}`;
