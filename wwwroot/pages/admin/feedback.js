import { h } from '../../ui/dom.js';
import { Pager, filter, nothing, part, sureButton, table, when } from './parts.js';

const SIZE = 50;

/** What people say of results. */
export class Feedback {
  static title = 'Feedback';
  #context;
  #thumb = '';
  #worded = '';
  #counts = h('p', { role: 'status' });
  #place = h('div');
  #pager = new Pager(SIZE, () => this.show());

  constructor(context) {
    this.#context = context;
    const again = () => { this.#pager.reset(); this.show(); };
    this.element = part('Feedback', 'Thumbs and words about results, sent from Files and Watermarks. What came with a correction is deleted with it.',
      this.#counts,
      h('div', { className: 'filters' },
        filter('Thumb', { '': 'Either', up: 'Up', down: 'Down' }, (value) => { this.#thumb = value; again(); }),
        filter('Words', { '': 'With or without', true: 'With words' }, (value) => { this.#worded = value; again(); })),
      this.#place, this.#pager.element);
  }

  async show() {
    const query = new URLSearchParams({ skip: String(this.#pager.skip), limit: String(SIZE) });
    if (this.#thumb) query.set('thumb', this.#thumb);
    if (this.#worded) query.set('worded', 'true');
    try {
      const { up, down, total, feedback } = await this.#context.api.json(`api/feedback?${query}`);
      this.#counts.textContent = up + down === 0 ? '' : `${up} up, ${down} down: ${Math.round(100 * up / (up + down))} % of those who said something found it right.`;
      this.#place.replaceChildren(feedback.length === 0 ? nothing('Nobody has said anything yet.') : table('What was said',
        ['When', 'Thumb', 'Of a', 'Words', 'Correction', ''],
        feedback.map((one) => [
          when(one.created), one.thumb === 'up' ? '👍 up' : '👎 down', one.about, h('span', { className: 'words', textContent: one.words }),
          one.correction ? h('code', { textContent: one.correction.slice(0, 8) }) : '',
          sureButton('Delete', `what was said at ${when(one.created)}`, () => this.#remove(one)),
        ])));
      this.#pager.show(total, feedback.length);
    } catch (error) {
      this.#context.report(error);
    }
  }

  async #remove(one) {
    try {
      await this.#context.api.request(`api/feedback/${one.id}`, { method: 'DELETE' });
    } catch (error) {
      this.#context.report(error);
    }
    this.show();
  }
}
