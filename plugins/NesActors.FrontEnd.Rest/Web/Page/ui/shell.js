import { nameOf, troubleOf } from '../text/words.js';
import { oneLine } from '../text/safe-text.js';
import { ContactList } from './contact-list.js';
import { ConversationView } from './conversation-view.js';
import { showHelp, showNew } from './dialogs.js';
import { el, oncePerFrame, setAttribute, setText } from './dom.js';
import { icon } from './icons.js';
import { nextTheme, theme } from './theme.js';

/** @import { Model } from '../model/model.js' */
/** @import { Message } from '../api/types.js' */

customElements.define('nes-contacts', ContactList);
customElements.define('nes-conversation', ConversationView);

/** Everything that is seen after signing in: the bar, what is wrong, the contacts, and one conversation. */
export class Shell extends HTMLElement {
  #model;
  #leave;
  #stopped = new AbortController();
  #contacts;
  #conversation;
  #line = el('p', { class: 'notice', role: 'status', hidden: true });
  #broker = el('p', { class: 'notice', role: 'status', hidden: true });
  #arrivals = el('p', { class: 'unseen', role: 'status', 'aria-live': 'polite' });
  #theme = el('button', { type: 'button', class: 'quiet', onclick: () => { nextTheme(); this.#update(); } }, icon('theme'));

  /** @param {Model} model
   * @param {() => void} leave */
  constructor(model, leave) {
    super();
    this.#model = model;
    this.#leave = leave;
    this.#contacts = new ContactList(model);
    this.#conversation = new ConversationView(model);
  }

  connectedCallback() {
    const me = this.#model.me.user;
    this.replaceChildren(
      el('header', { class: 'bar' },
        el('h1', {}, 'NES'),
        el('span', { class: 'me' }, me),
        this.#theme,
        el('button', { type: 'button', class: 'quiet', 'aria-label': 'Help and shortcuts', title: 'Help (Ctrl+/)', onclick: showHelp }, icon('help')),
        el('button', { type: 'button', class: 'quiet', 'aria-label': 'Sign out', title: 'Sign out', onclick: () => this.#leave() }, icon('leave'))),
      el('div', { class: 'notices' }, this.#line, this.#broker),
      el('div', { class: 'panes' }, this.#contacts, this.#conversation),
      this.#arrivals);
    const { signal } = this.#stopped;
    const update = oncePerFrame(() => { if (this.isConnected) this.#update(); });
    this.#model.addEventListener('change', update, { signal });
    this.#model.addEventListener('arrival', (event) => this.#tell(/** @type {CustomEvent<Message>} */ (event).detail), { signal });
    document.addEventListener('keydown', (event) => this.#press(event), { signal });
    this.#update();
  }

  disconnectedCallback() {
    this.#stopped.abort();
  }

  #update() {
    const { line, connection, people, open } = this.#model;
    const isLost = line.state === 'lost';
    this.#show(this.#line, isLost ? `${line.problem.status === 0 ? 'The server is not reached.' : line.problem.message} Trying again; what you write waits here, so leave this page open.` : '');
    this.#show(this.#broker, isLost ? '' : troubleOf(connection));
    setAttribute(this.#theme, 'aria-label', `Colours: ${theme()}`);
    setAttribute(this.#theme, 'title', `Colours: ${theme()}`);
    setAttribute(this, 'data-pane', open ? 'conversation' : 'contacts');
    const unread = people.unread;
    document.title = unread > 0 ? `(${unread}) NES` : 'NES';
    this.#contacts.update();
    this.#conversation.update();
  }

  /** @param {HTMLElement} notice
   * @param {string} text */
  #show(notice, text) {
    setText(notice, oneLine(text));
    notice.hidden = text === '';
  }

  /** @param {Message} message */
  #tell(message) {
    const contact = this.#model.contact(message.contact);
    if (contact.standing === 'blocked') return;
    const what = this.#model.open?.user === message.contact && contact.standing === 'accepted' ? `: ${oneLine(message.text.slice(0, 200))}` : '';
    setText(this.#arrivals, `New message from ${oneLine(nameOf(contact))}${what}`);
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    if (document.querySelector('dialog[open]')) return;
    const isControl = event.ctrlKey || event.metaKey;
    if (isControl && event.key === '/') showHelp();
    else if (isControl && event.key === 'k') this.#contacts.focusFilter();
    else if (isControl && event.altKey && event.key === 'n') showNew(this.#model);
    else if (isControl && event.shiftKey && event.key.toLowerCase() === 'f') this.#conversation.search();
    else if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) this.#contacts.step(event.key === 'ArrowDown' ? 1 : -1);
    else if (event.key === 'Escape' && !event.isComposing) this.#conversation.escape(() => this.#contacts.focusList());
    else return;
    event.preventDefault();
  }
}
