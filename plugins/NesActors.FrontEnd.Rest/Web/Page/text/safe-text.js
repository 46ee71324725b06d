/**
 * Makes what others wrote safe to look at, by the rules that the terminal has (TerminalText of the contract): nothing in it can reorder its line, hide, or paint over what stands beside it. What is
 * replaced stays visible: `␛` for ESC, `<U+202E>` for a bidirectional override. It makes nothing safe as markup: that is done by never making markup of a text.
 *
 * Sources: UAX #9 (bidirectional controls), UTS #51 (joiners and tags inside emoji), UTR #36 (invisible characters).
 */

/** Combining marks that are shown on one character; more of them only serve to paint over other lines. */
const MAX_MARKS = 8;

/** Joiners that are kept in a row of joined characters: the longest emoji in use has 3. */
const MAX_JOINERS = 8;

/** Tags that are kept behind a black flag: the flags of regions have up to 6 and an end. */
const MAX_TAGS = 7;

const BLACK_FLAG = 0x1f3f4;
const LINE_BREAK = /\r\n|[\r\n\f\u0085\u2028\u2029]/gu;
const PLAIN = /^[\n -~]*$/u;
const NEVER = /^[\p{Cc}\p{Zl}\p{Zp}]$/u;
const FORMAT = /^\p{Cf}$/u;
const MARK = /^[\p{Mn}\p{Me}]$/u;
const SPACE = /^\p{Zs}$/u;
const HALF = /^\p{Cs}$/u;

/** Signs before numbers (Arabic, Syriac, Kaithi) are of category Format and are seen. */
const VISIBLE_FORMAT = /^[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u{110bd}\u{110cd}]$/u;

/** Letters and marks that show nothing: Hangul fillers, the grapheme joiner, Khmer inherent vowels, the Mongolian selectors. */
const INVISIBLE = /^[\u115f\u1160\u3164\uffa0\u034f\u17b4\u17b5\u180b-\u180f]$/u;

/**
 * @typedef {object} Piece
 * @property {string} text
 * @property {boolean} isSign whether it stands for characters that cannot be shown
 */

/** A text of several lines in pieces, in which `\n` alone breaks lines.
 * @param {string} text
 * @returns {Piece[]} */
export const linesOf = (text) => pieces(text.replace(LINE_BREAK, '\n'), true);

/** A text on one line: line breaks in it are shown as signs.
 * @param {string} text */
export const oneLine = (text) => pieces(text, false).map((piece) => piece.text).join('');

/** The beginning of a text, to be shown where there is no room for more: its lines follow one another.
 * @param {string} text
 * @param {number} length in UTF-16 code units, before anything is replaced */
export const preview = (text, length) => oneLine(text.slice(0, length).replace(LINE_BREAK, ' '));

/** @param {string} text
 * @param {boolean} keepsLines
 * @returns {Piece[]} */
function pieces(text, keepsLines) {
  if (PLAIN.test(text) && (keepsLines || !text.includes('\n'))) return [{ text, isSign: false }];
  const run = new Run();
  /** @type {Piece[]} */
  const found = [];
  const characters = [...text];
  characters.forEach((character, index) => {
    const kept = (keepsLines && character === '\n') || run.keeps(character, characters[index + 1]);
    // Half of a character that stands alone is no text; tabs are what they look like.
    const shown = HALF.test(character) ? '\ufffd' : kept ? character : visible(character);
    const isSign = !kept && shown !== '\ufffd' && character !== '\t';
    const last = found.at(-1);
    if (last && last.isSign === isSign && !isSign) last.text += shown;
    else found.push({ text: shown, isSign });
  });
  return found;
}

/** @param {string} character */
function visible(character) {
  const code = codeOf(character);
  if (character === '\t') return '    ';
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return '\u2421';
  return `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`;
}

/** What came before the character in question. */
class Run {
  #previous = '';
  #marks = 0;
  #joiners = 0;
  #tagsAllowed = 0;

  /** Whether the character is shown as it is.
   * @param {string} character
   * @param {string | undefined} next */
  keeps(character, next) {
    const keeps = this.#decide(character, next);
    const isMark = MARK.test(character);
    if (!isMark) this.#marks = 0;
    if (!isJoiner(character) && !isJoiner(this.#previous) && !isMark) this.#joiners = 0;
    if (!isTag(character)) this.#tagsAllowed = codeOf(character) === BLACK_FLAG ? MAX_TAGS : 0;
    this.#previous = character;
    return keeps;
  }

  /** @param {string} character
   * @param {string | undefined} next */
  #decide(character, next) {
    if (NEVER.test(character) || HALF.test(character)) return false;
    if (isJoiner(character)) return ++this.#joiners <= MAX_JOINERS && canJoin(this.#previous) && next !== undefined && canJoin(next);
    if (FORMAT.test(character)) return isTag(character) ? this.#tagsAllowed-- > 0 : VISIBLE_FORMAT.test(character);
    if (INVISIBLE.test(character)) return false;
    return !MARK.test(character) || ++this.#marks <= MAX_MARKS;
  }
}

/** @param {string} character */
const codeOf = (character) => character.codePointAt(0) ?? 0;

/** @param {string} character */
const isJoiner = (character) => character === '\u200c' || character === '\u200d';

/** @param {string} character */
const isTag = (character) => codeOf(character) >= 0xe0020 && codeOf(character) <= 0xe007f;

/** Joiners have a meaning in scripts from Arabic on and between emoji, and none between Latin, Greek, Cyrillic and Hebrew letters.
 * @param {string} character */
const canJoin = (character) => codeOf(character) >= 0x600 && !HALF.test(character) && !FORMAT.test(character) && !SPACE.test(character);
