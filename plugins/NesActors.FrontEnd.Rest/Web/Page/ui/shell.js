import { nameOf, troubleOf } from '../text/words.js';
import { oneLine, preview } from '../text/safe-text.js';
import { ContactList } from './contact-list.js';
import { ConversationView } from './conversation-view.js';
import { showHelp, showLeave, showMe, showNew } from './dialogs.js';
import { el, oncePerFrame, setAttribute, setText } from './dom.js';
import { icon } from './icons.js';
import { Notice } from './notice.js';
import { Place } from './place.js';
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
  #place;
  #line = new Notice(el('button', { type: 'button', onclick: () => this.#model.hurry() }, 'Try now'));
  #broker = new Notice();
  #arrivals = el('p', { class: 'unseen', role: 'status', 'aria-live': 'polite' });
  #theme = el('button', { type: 'button', class: 'quiet', onclick: () => { nextTheme(); this.#update(); } }, icon('theme'));

  /** @param {Model} model
   * @param {() => void} leave */
  constructor(model, leave) {
    super();
    this.#model = model;
    this.#leave = leave;
    this.#contacts = new ContactList(model);
    this.#conversation = new ConversationView(model, () => this.#toContacts());
    this.#place = new Place(model);
  }

  connectedCallback() {
    const { me } = this.#model;
    this.replaceChildren(
      el('header', { class: 'bar' },
        el('h1', {}, 'NES'),
        el('button', { type: 'button', class: 'me', title: 'About you', onclick: () => showMe(me) }, me.user),
        el('span', { class: 'space' }),
        this.#theme,
        el('button', { type: 'button', class: 'quiet', 'aria-label': 'Help and shortcuts', title: 'Help (Ctrl+/)', onclick: showHelp }, icon('help')),
        el('button', { type: 'button', class: 'quiet', 'aria-label': 'Sign out', title: 'Sign out', onclick: () => this.#signOut() }, icon('leave'))),
      el('div', { class: 'notices' }, this.#line.element, this.#broker.element),
      el('div', { class: 'panes' }, this.#contacts, this.#conversation),
      this.#arrivals);
    const { signal } = this.#stopped;
    const update = oncePerFrame(() => { if (this.isConnected) this.#update(); });
    this.#model.addEventListener('change', update, { signal });
    this.#model.addEventListener('arrival', (event) => this.#tell(/** @type {CustomEvent<Message>} */ (event).detail), { signal });
    document.addEventListener('keydown', (event) => this.#press(event), { signal });
    this.#place.start(signal);
    this.#update();
  }

  disconnectedCallback() {
    this.#stopped.abort();
  }

  #update() {
    const { line, connection, people, open } = this.#model;
    const isLost = line.state === 'lost';
    this.#line.show(isLost ? `${line.problem.status === 0 ? 'The server is not reached.' : line.problem.message} Trying again; what you write waits here, so leave this page open.` : '');
    this.#broker.show(isLost ? '' : troubleOf(connection));
    setAttribute(this.#theme, 'aria-label', `Colours: ${theme()}`);
    setAttribute(this.#theme, 'title', `Colours: ${theme()}`);
    setAttribute(this, 'data-pane', open ? 'conversation' : 'contacts');
    const unread = people.unread;
    document.title = unread > 0 ? `(${unread}) NES` : 'NES';
    this.#place.update();
    this.#contacts.update();
    this.#conversation.update();
  }

  #signOut() {
    const waiting = this.#model.outbox.all.length;
    if (waiting > 0) showLeave(waiting, this.#leave);
    else this.#leave();
  }

  /** From the conversation back to the contacts, which a narrow screen shows in its place. */
  #toContacts() {
    this.#model.closeConversation();
    this.#update();
    this.#contacts.focusList();
  }

  #findContact() {
    if (this.#contacts.offsetParent === null) this.#toContacts();
    this.#contacts.focusFilter();
  }

  /** @param {Message} message */
  #tell(message) {
    const contact = this.#model.contact(message.contact);
    if (contact.standing === 'blocked') return;
    const what = this.#model.open?.user === message.contact && contact.standing === 'accepted' ? `: ${preview(message.text, 200)}` : '';
    setText(this.#arrivals, `New message from ${oneLine(nameOf(contact))}${what}`);
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    if (document.querySelector('dialog[open]')) return;
    const isControl = event.ctrlKey || event.metaKey;
    // Caps Lock makes it a capital.
    const key = event.key.toLowerCase();
    if (isControl && key === '/') showHelp();
    else if (isControl && key === 'k') this.#findContact();
    else if (isControl && event.altKey && key === 'n') showNew(this.#model);
    else if (isControl && event.shiftKey && key === 'f') this.#conversation.search();
    else if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) this.#contacts.step(event.key === 'ArrowDown' ? 1 : -1);
    else if (event.key === 'Escape' && !event.isComposing) this.#conversation.escape();
    else return;
    event.preventDefault();
  }
}
