import { linesOf } from './safe-text.js';
import { el } from '../ui/dom.js';

/** More of a text than this is shown when it is asked for: one message must not fill the page. */
export const LONG_TEXT = 4000;

/** Shows a text of somebody's in an element, which holds nothing else.
 * @param {HTMLElement} place
 * @param {string} text
 * @param {string} [find] what is marked in it */
export function showText(place, text, find = '') {
  const nodes = linesOf(text).flatMap((piece) => (piece.isSign
    ? [el('span', { class: 'sign', title: 'A character that cannot be seen, or would change how the text is read' }, piece.text)]
    : marked(piece.text, find)));
  place.replaceChildren(...nodes);
}

/** @param {string} text
 * @param {string} find
 * @returns {Node[]} */
export function marked(text, find) {
  if (find === '') return [document.createTextNode(text)];
  const nodes = [];
  let end = 0;
  for (const match of text.matchAll(new RegExp(find.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'giu'))) {
    nodes.push(document.createTextNode(text.slice(end, match.index)), el('mark', {}, match[0]));
    end = match.index + match[0].length;
  }
  nodes.push(document.createTextNode(text.slice(end)));
  return nodes;
}
