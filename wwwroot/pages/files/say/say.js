import { byId, h } from '../../../ui/dom.js';
import { rememberSent, sentCorrections, withdraw } from '../../../ui/sent.js';
import { Consent } from '../../../ui/consent.js';
import { CLASSES } from '../classes.js';
import { orderOf, orderOfFilm } from './order.js';

const LONGEST_WORDS = 1000;

/** What a person says of a result: a thumb, words, and their corrections if they choose to send them. */
export class Say {
  #client;
  #keepSent;
  #filmPicture;
  #panel = byId('say');
  #thumbs = h('div', { className: 'controls', role: 'group', 'aria-label': 'Is the result right?' });
  #form = h('form', { className: 'say-form' });
  #words = h('textarea', { id: 'say-words', rows: 3, maxLength: LONGEST_WORDS });
  #send = h('div', { className: 'say-send' });
  #status = h('p', { className: 'soft', role: 'status' });
  #problem = h('p', { className: 'notice', role: 'alert' });
  #consent = null;
  #item = null;
  #thumb = null;
  #shown = '';
  // What this page has sent: feedback by item, so that it can go with a correction that was sent first.
  #said = new WeakMap();

  /**
   * `keepSent(item, id)` remembers with a picture which correction of it was sent, null is none; `filmPicture()` is the picture of
   * a film under review that is on show.
   */
  constructor(client, keepSent, filmPicture) {
    this.#client = client;
    this.#filmPicture = filmPicture;
    this.#keepSent = keepSent;
    this.#build();
    client.correctionTerms().then((terms) => {
      if (!terms.enabled) return;
      this.#consent = new Consent(client, terms, CLASSES);
      this.#shown = '';
      this.#showSending();
    }, (error) => this.#report(error));
  }

  /** `ready`: there is a result to speak of. */
  show(item, ready) {
    this.#panel.hidden = !item || !ready;
    if (item === this.#item) {
      this.#showSending();
      return;
    }
    this.#item = item;
    this.#report(null);
    this.#choose(this.#said.get(item)?.thumb ?? null);
    this.#form.hidden = true;
    this.#words.value = '';
    this.#status.textContent = this.#said.has(item) ? 'Thank you.' : '';
    this.#showSending();
  }

  #build() {
    const thumb = (name, title) => h('button', {
      type: 'button', textContent: title, 'aria-pressed': 'false', dataset: { thumb: name }, onclick: () => {
        this.#choose(name);
        this.#form.hidden = false;
        this.#words.focus();
      },
    });
    this.#thumbs.replaceChildren(thumb('up', 'It is right'), thumb('down', 'Something is wrong'));
    this.#form.hidden = true;
    this.#form.replaceChildren(
      h('label', { for: 'say-words', textContent: 'In words, if you like' }), this.#words,
      h('button', { type: 'submit', textContent: 'Send feedback' }));
    this.#form.addEventListener('submit', (event) => { event.preventDefault(); this.#sendFeedback(); });
    this.#panel.replaceChildren(h('h2', { id: 'say-title', textContent: 'Is it right?' }), this.#thumbs, this.#form, this.#send, this.#status, this.#problem);
  }

  #choose(thumb) {
    this.#thumb = thumb;
    for (const button of this.#thumbs.children) button.setAttribute('aria-pressed', String(button.dataset.thumb === thumb));
  }

  #showSending() {
    const item = this.#item;
    const isFilm = item?.kind === 'film';
    const sent = item && sentCorrections().find((one) => one.id === item.sent);
    const key = JSON.stringify([item?.id, !!this.#consent, sent?.id]);
    if (key === this.#shown) return;
    this.#shown = key;
    if (!this.#consent || !item) {
      this.#send.replaceChildren();
      return;
    }
    // Of a film, one picture after another can be sent.
    this.#send.replaceChildren(...sent ? this.#receipt(item, sent) : [], ...!sent || isFilm ? [
      h('button', {
        type: 'button', id: 'send-corrections', textContent: isFilm ? 'Send my corrections of this picture…' : 'Send my corrections…', onclick: () => this.#openConsent(item) }),
      h('p', { className: 'soft', textContent: `They stay ${isFilm ? 'with your film' : 'in this browser'} unless you send them. You see first what would go.` }),
    ] : []);
  }

  #receipt(item, sent) {
    const address = `${location.origin}/withdraw#${sent.secret}`;
    const link = h('input', { type: 'text', id: 'withdraw-link', readOnly: true, value: address, onfocus: () => link.select() });
    return [
      h('p', { textContent: `Sent. It is kept until ${new Date(sent.expires).toLocaleDateString()}. Keep this link to withdraw it from anywhere:` }),
      h('label', { className: 'visually-hidden', for: 'withdraw-link', textContent: 'The link to withdraw it' }), link,
      h('div', { className: 'controls' },
        h('button', { type: 'button', textContent: 'Copy the link', onclick: () => this.#copy(link) }),
        h('button', { type: 'button', id: 'withdraw', className: 'danger', textContent: 'Withdraw it', onclick: () => this.#withdraw(item, sent) })),
    ];
  }

  async #copy(link) {
    try {
      await navigator.clipboard.writeText(link.value);
      this.#status.textContent = 'Copied.';
    } catch {
      // Where the browser does not let a page copy, the person does.
      link.select();
    }
  }

  async #openConsent(item) {
    this.#report(null);
    try {
      const [blob, order, name] = item.kind === 'film' ? await this.#ofFilm(item) : [item.blob, (size) => orderOf(item, size), item.name];
      await this.#consent.open(blob, order, (receipt) => {
        rememberSent({ id: receipt.id, name, expires: receipt.expires, secret: receipt.withdraw.split('#')[1] });
        this.#keepSent(item, receipt.id);
        this.#status.textContent = 'Your correction was sent. Thank you.';
        this.#showSending();
      });
    } catch (error) {
      this.#report(error);
    }
  }

  /** The picture of a film that is on show, as it is, and its tracks: the same that its reviewer sees. */
  async #ofFilm(item) {
    const shown = this.#filmPicture();
    if (!shown) throw new Error('Press “Review and correct” first, and go to the picture that you want to send.');
    const { job, number, film } = shown;
    const [blob, tracks] = await Promise.all([job.picture(number, true), job.boxes(number, number)]);
    return [blob, () => orderOfFilm(tracks, number, film), `${item.name}, picture ${number}`];
  }

  async #withdraw(item, sent) {
    this.#report(null);
    try {
      await withdraw(this.#client, sent.secret);
      this.#keepSent(item, null);
      this.#status.textContent = 'It was withdrawn: the picture and its boxes are gone from the server.';
      this.#showSending();
    } catch (error) {
      this.#report(error);
    }
  }

  async #sendFeedback() {
    const item = this.#item;
    this.#report(null);
    try {
      const correction = sentCorrections().some((one) => one.id === item.sent) ? item.sent : null;
      await this.#client.sendFeedback({ thumb: this.#thumb, about: item.kind === 'film' ? 'film' : 'picture', words: this.#words.value, correction });
      this.#said.set(item, { thumb: this.#thumb });
      this.#form.hidden = true;
      this.#words.value = '';
      this.#status.textContent = 'Thank you.';
    } catch (error) {
      this.#report(error);
    }
  }

  #report(error) {
    this.#problem.textContent = error?.message ?? '';
  }
}
