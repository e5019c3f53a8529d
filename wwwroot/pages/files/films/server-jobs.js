import { h } from '../../../ui/dom.js';
import { wordsOf } from './words.js';

/** The jobs on the server that are not on the list, those that wait for a review first; one that is chosen is added to it. */
export class ServerJobs {
  #api;
  #items;
  #chosen;
  #list = h('ul', { className: 'server-jobs' });
  #words = h('p', { className: 'soft', role: 'status' });
  #dialog = /** @type {any} */ (h('dialog', { className: 'sheet', 'aria-labelledby': 'server-jobs-title' }));

  /** `chosen(job)` adds a job to the list. */
  constructor(api, items, chosen) {
    this.#api = api;
    this.#items = items;
    this.#chosen = chosen;
    this.#dialog.append(h('form', { method: 'dialog' },
      h('h2', { id: 'server-jobs-title', textContent: 'Jobs on the server' }), this.#words, this.#list,
      h('div', { className: 'sheet-end' }, h('button', { textContent: 'Close' }))));
    document.body.append(this.#dialog);
  }

  async show() {
    this.#list.replaceChildren();
    this.#words.textContent = 'Asking the server…';
    this.#dialog.showModal();
    try {
      const known = new Set(this.#items.all.map((item) => item.job?.id));
      const jobs = (await this.#api.json('api/jobs')).filter((job) => job.state !== 'uploading' && !known.has(job.id));
      jobs.sort((a, b) => Number(b.state === 'review') - Number(a.state === 'review') || b.created.localeCompare(a.created));
      this.#words.textContent = jobs.length === 0 ? 'There are none but those on your list.'
        : 'Films and pictures that you, or a program with your key, sent. Taking one off your list later leaves it on the server.';
      this.#list.replaceChildren(...jobs.map((job) => h('li', {},
        h('span', { className: 'words' }, h('span', { className: 'name', textContent: job.name }), h('span', { className: 'state soft', textContent: wordsOf(job) })),
        h('button', { type: 'button', textContent: job.state === 'review' ? 'Review' : 'Open', 'aria-label': `Open ${job.name}`, onclick: () => this.#choose(job) }))));
    } catch (error) {
      this.#words.textContent = error.message;
    }
  }

  #choose(job) {
    this.#dialog.close();
    this.#chosen(job);
  }
}
