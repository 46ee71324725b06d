/**
 * Reads server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html). EventSource would do, but for the token: it can send no header, and a token does not belong into a URL.
 *
 * @typedef {object} ServerEvent
 * @property {string} id the last that was given, be it by an event before
 * @property {{ type: string, data: string } | null} event null: only the id is new, or the line is alive
 */

/** The longest event that is taken: a text of 64 KiB with each byte escaped, and what stands around it. */
const MAX_EVENT = 1024 * 1024;

/**
 * The events of a body, and something for each piece that came without one: heart-beats, which tell that the line is alive, and may have an id.
 *
 * @param {ReadableStream<Uint8Array>} body
 * @returns {AsyncGenerator<ServerEvent, void, void>}
 */
export async function* readEvents(body) {
  const reader = body.pipeThrough(/** @type {ReadableWritablePair<string, Uint8Array>} */ (new TextDecoderStream())).getReader();
  let [rest, id, nextId, type, data] = ['', '', '', '', /** @type {string[]} */ ([])];
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      // A CR at the end may be the first half of a line break.
      const text = rest + value;
      const whole = text.endsWith('\r') ? text.slice(0, -1) : text;
      const lines = whole.split(/\r\n|\r|\n/);
      rest = (lines.pop() ?? '') + text.slice(whole.length);
      if (rest.length + data.reduce((sum, line) => sum + line.length, 0) > MAX_EVENT) throw new RangeError('An event is too long.');
      let isEvent = false;
      for (const line of lines) {
        if (line === '') {
          // Not before: what breaks off in the middle of an event did not come.
          id = nextId;
          if (data.length > 0) {
            isEvent = true;
            yield { id, event: { type: type || 'message', data: data.join('\n') } };
          }
          [type, data] = ['', []];
          continue;
        }
        const [field, content] = split(line);
        if (field === 'data') data.push(content);
        else if (field === 'event') type = content;
        else if (field === 'id' && !content.includes('\0')) nextId = content;
      }
      if (!isEvent) yield { id, event: null };
    }
  } finally {
    reader.cancel().catch(() => undefined);
  }
}

/** @param {string} line
 * @returns {[string, string]} */
function split(line) {
  const colon = line.indexOf(':');
  if (colon < 0) return [line, ''];
  return [line.slice(0, colon), line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1)];
}
