import { byId, h } from '../../../ui/dom.js';
import { rememberSent, sentCorrections, withdraw } from '../../../ui/sent.js';
import { Consent } from './consent.js';

const LONGEST_WORDS = 1000;

/** What a person says of a result: a thumb, words, and their corrections if they choose to send them. */
export class Say {
  #api;
  #keepSent;
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

  /** `keepSent(item, id)` remembers with a picture which correction of it was sent; null is none. */
  constructor(api, keepSent) {
    this.#api = api;
    this.#keepSent = keepSent;
    this.#build();
    api.json('api/corrections/terms').then((terms) => {
      if (!terms.enabled) return;
      this.#consent = new Consent(api, terms);
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
    const isPicture = item && item.kind !== 'film';
    const sent = isPicture && sentCorrections().find((one) => one.id === item.sent);
    const key = JSON.stringify([item?.id, !!this.#consent, sent?.id]);
    if (key === this.#shown) return;
    this.#shown = key;
    if (!this.#consent || !isPicture) this.#send.replaceChildren();
    else if (sent) this.#send.replaceChildren(...this.#receipt(item, sent));
    else {
      this.#send.replaceChildren(
        h('button', { type: 'button', id: 'send-corrections', textContent: 'Send my corrections…', onclick: () => this.#openConsent(item) }),
        h('p', { className: 'soft', textContent: 'They stay in this browser unless you send them. You see first what would go.' }));
    }
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
      await this.#consent.open(item, (receipt) => {
        rememberSent({ id: receipt.id, name: item.name, expires: receipt.expires, secret: receipt.withdraw.split('#')[1] });
        this.#keepSent(item, receipt.id);
        this.#status.textContent = 'Your correction was sent. Thank you.';
        this.#showSending();
      });
    } catch (error) {
      this.#report(error);
    }
  }

  async #withdraw(item, sent) {
    this.#report(null);
    try {
      await withdraw(this.#api, sent.secret);
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
      await this.#api.json('api/feedback', {
        method: 'POST', body: { thumb: this.#thumb, about: item.kind === 'film' ? 'film' : 'picture', words: this.#words.value, correction },
      });
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
