/** How long to wait before the next try: longer each time, and never all at the same moment. */
const [FIRST, LONGEST] = [1000, 30_000];

/** @param {number} tries that went wrong in a row, from 1
 * @returns {number} milliseconds */
export const backOff = (tries) => Math.min(LONGEST, FIRST * 2 ** Math.min(tries - 1, 10)) * (0.75 + Math.random() / 2);

/** A wait that can be cut short. */
export class Pause {
  /** @type {(() => void) | null} */
  #end = null;

  /** @param {number} milliseconds
   * @returns {Promise<void>} */
  async wait(milliseconds) {
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    await new Promise((/** @type {(value?: unknown) => void} */ resolve) => {
      this.#end = resolve;
      timer = setTimeout(resolve, milliseconds);
    });
    clearTimeout(timer);
    this.#end = null;
  }

  end() {
    this.#end?.();
  }
}
