/** An answer that says what went wrong (RFC 9457), or that there was no answer. */
export class Problem extends Error {
  /**
   * @param {number} status of HTTP; 0 where no answer came
   * @param {string} code stays the same from version to version
   * @param {string} detail for a person
   * @param {{ retryAfter?: number, messageId?: string }} [more]
   */
  constructor(status, code, detail, more = {}) {
    super(detail);
    this.status = status;
    this.code = code;
    /** Seconds to wait before the next try, where the server says so. */
    this.retryAfter = more.retryAfter;
    /** The message that failed, where it was accepted before that. */
    this.messageId = more.messageId;
  }

  /** Whether the same request may go well later without anybody doing anything. */
  get isPassing() {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }

  /** Whether the token is no longer of use. */
  get isSignedOut() {
    return this.status === 401;
  }

  /** @param {unknown} error */
  static noAnswer(error) {
    return new Problem(0, 'no_answer', error instanceof Error ? error.message : 'There was no answer.');
  }

  /** @param {Response} response */
  static async of(response) {
    const retryAfter = Number(response.headers.get('Retry-After')) || undefined;
    /** @type {Record<string, unknown>} */
    let body = {};
    try {
      body = await response.json();
    } catch {
      // A proxy in between answers in its own words: the status says enough.
    }
    const detail = body.detail ?? body.title;
    return new Problem(response.status, typeof body.code === 'string' ? body.code : 'unknown', typeof detail === 'string' ? detail : `The server answered ${response.status}.`, {
      retryAfter,
      messageId: typeof body.message_id === 'string' ? body.message_id : undefined,
    });
  }

  /** What went wrong with anything that was tried, for a person.
   * @param {unknown} error */
  static say(error) {
    if (error instanceof Problem && error.status === 0) return 'The server does not answer.';
    return error instanceof Error ? error.message : 'It did not work.';
  }
}
