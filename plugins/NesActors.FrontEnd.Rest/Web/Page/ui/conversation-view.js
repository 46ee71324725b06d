import { Problem } from '../api/problem.js';
import { oneLine } from '../text/safe-text.js';
import { nameOf, trustOf } from '../text/words.js';
import { Composer } from './composer.js';
import { showContact } from './contact-dialog.js';
import { el, setAttribute, setText } from './dom.js';
import { icon } from './icons.js';
import { showKeys, showOlderSuite } from './key-dialogs.js';
import { MessageList } from './message-list.js';
import { SearchPanel } from './search-panel.js';
import { showVerify } from './verify-dialog.js';

/** @import { Contact } from '../api/types.js' */
/** @import { Model } from '../model/model.js' */

customElements.define('nes-messages', MessageList);
customElements.define('nes-composer', Composer);
customElements.define('nes-search', SearchPanel);

/** One conversation: with whom, what there is to decide, what was said, and where to write. */
export class ConversationView extends HTMLElement {
  #model;
  #leave;
  #name = el('button', { type: 'button', class: 'who', title: 'About this contact', onclick: () => this.#with((user) => showContact(this.#model, user)) });
  #trust = el('button', { type: 'button', class: 'trust', onclick: () => this.#with((user) => dialogOf(this.#model.contact(user))(this.#model, user)) });
  #banner = el('div', { class: 'banner', hidden: true });
  #messages;
  #composer;
  #search;
  #body;
  #empty = el('p', { class: 'nothing' }, 'Choose a conversation, or begin one.');
  #shownBanner = '';

  /** @param {Model} model
   * @param {() => void} leave goes back to the contacts */
  constructor(model, leave) {
    super();
    this.#model = model;
    this.#leave = leave;
    this.#messages = new MessageList(model);
    this.#composer = new Composer(model, () => this.#messages.toLatest());
    this.#search = new SearchPanel(model, this.#messages);
    this.#body = el('section', { 'aria-label': 'Conversation', hidden: true },
      el('header', {},
        el('button', { type: 'button', class: 'quiet back', 'aria-label': 'Back to the contacts', onclick: () => this.#leave() }, icon('back')),
        el('h2', {}, this.#name), this.#trust,
        el('button', { type: 'button', class: 'quiet', 'aria-label': 'Search in this conversation', title: 'Search (Ctrl+Shift+F)', onclick: () => this.search() }, icon('search'))),
      this.#search, this.#banner, this.#messages, this.#composer);
  }

  connectedCallback() {
    this.replaceChildren(this.#body, this.#empty);
  }

  search() {
    if (this.#model.open) this.#search.show();
  }

  /** Leaves what is innermost. */
  escape() {
    if (this.#search.isShown) this.#search.hide();
    else this.#leave();
  }

  update() {
    const open = this.#model.open;
    this.#body.hidden = !open;
    this.#empty.hidden = !!open;
    if (!open) return;
    const contact = this.#model.contact(open.user);
    const name = oneLine(nameOf(contact));
    setText(this.#name, contact.alias ? `${name} (${contact.user})` : name);
    setText(this.#trust, trustOf(contact));
    setAttribute(this.#trust, 'class', contact.trust === 'changed' || contact.suite_refusal ? 'trust warns' : contact.verified ? 'trust good' : 'trust');
    this.#trust.hidden = contact.trust === 'unseen';
    this.#updateBanner(contact.user, name, bannerOf(contact, open.messages.length > 0));
    this.#search.update();
    this.#messages.update();
    this.#composer.update();
  }

  /** @param {string} user
   * @param {string} name
   * @param {string} kind */
  #updateBanner(user, name, kind) {
    this.#banner.hidden = kind === '';
    if (this.#shownBanner === `${user} ${name} ${kind}`) return;
    this.#shownBanner = `${user} ${name} ${kind}`;
    const mayDecide = this.#model.may('admin');
    /** @param {string} label
     * @param {'accept' | 'block' | 'unblock'} decision */
    const button = (label, decision) => mayDecide && el('button', { type: 'button', onclick: () => void this.#decide(user, decision) }, label);
    const warns = kind === 'changed' || kind === 'changed suite' || kind === 'older suite';
    setAttribute(this.#banner, 'role', warns ? 'alert' : 'status');
    setAttribute(this.#banner, 'class', warns || kind === 'withheld' ? 'banner warns' : 'banner');
    const who = el('bdi', {}, name);
    /** @param {string} label
     * @param {typeof showKeys} show */
    const leadsTo = (label, show) => el('button', { type: 'button', class: 'primary', onclick: () => show(this.#model, user) }, label);
    if (kind === 'changed') this.#banner.replaceChildren(icon('warning'), el('p', {}, el('strong', {}, 'The keys of ', who, ' have changed.'), ' It may be a new device, or somebody in between. Nothing is sent until you accept them.'), leadsTo('Compare keys', showKeys));
    else if (kind === 'changed suite') this.#banner.replaceChildren(icon('warning'), el('p', {}, el('strong', {}, 'The keys of ', who, ' for the better suite have changed.'), ' They may have made them anew, or somebody has got hold of their sign key. Nothing is sent until you accept them.'), leadsTo('Compare keys', showKeys));
    else if (kind === 'older suite') this.#banner.replaceChildren(icon('warning'), el('p', {}, el('strong', {}, who, ' had a better suite than the key directory shows now.'), ' They may have gone back to an older program, or somebody wants you to write by a weaker suite. Nothing is sent until that is right again, or you decide.'), leadsTo('What to do', showOlderSuite));
    else if (kind === 'withheld') this.#banner.replaceChildren(icon('warning'), el('p', {}, el('strong', {}, who, ' does not see your keys for the better suite.'), ' By what their messages say, somebody holds back what you have published, or they ask another key directory. What they write comes by the older suite. Ask them by another way which key directory they use.'));
    else if (kind === 'stranger') this.#banner.replaceChildren(el('p', {}, who, ' is not among your contacts. Nothing tells them that this arrived, or that you read it. Answering accepts them.'), el('div', { class: 'choices' }, button('Accept', 'accept'), button('Block', 'block')));
    else if (kind === 'blocked') this.#banner.replaceChildren(el('p', {}, 'You have blocked ', who, '. What they send is dropped.'), el('div', { class: 'choices' }, button('Unblock', 'unblock')));
    else this.#banner.replaceChildren();
  }

  /** @param {string} user
   * @param {'accept' | 'block' | 'unblock'} decision */
  async #decide(user, decision) {
    try {
      await this.#model.decide(user, () => this.#model.api.decide(user, decision));
      this.#composer.focusField();
    } catch (error) {
      this.#banner.append(el('p', { class: 'problem', role: 'alert' }, Problem.say(error)));
    }
  }

  /** @param {(user: string) => void} action */
  #with(action) {
    if (this.#model.open) action(this.#model.open.user);
  }
}

/** What there is to decide about somebody, the most pressing first.
 * @param {Contact} contact
 * @param {boolean} hasWritten whether there is a message from or to them */
function bannerOf(contact, hasWritten) {
  if (contact.trust === 'changed') return contact.offered_suite ? 'changed suite' : 'changed';
  if (contact.standing === 'blocked') return 'blocked';
  if (contact.suite_refusal) return 'older suite';
  if (contact.standing === 'stranger' && hasWritten) return 'stranger';
  return contact.withheld_suite ? 'withheld' : '';
}

/** What the word beside somebody's name leads to.
 * @param {Contact} contact */
const dialogOf = (contact) => (contact.trust === 'changed' ? showKeys : contact.suite_refusal ? showOlderSuite : showVerify);
