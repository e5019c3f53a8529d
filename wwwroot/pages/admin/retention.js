import { h } from '../../ui/dom.js';
import { bytes, part, table, when } from './parts.js';

const WORDS = {
  jobs: ['Jobs', 'films and pictures with their results, from when they were last done with'],
  corrections: ['Corrections', 'pictures as they are, with boxes, by leave of who sent them'],
  feedback: ['Feedback', 'thumbs and words'],
  keys: ['Keys', 'as hashes'],
  links: ['Links and places in meetings', 'as hashes'],
  stickers: ['Stickers', 'pictures that are laid over faces'],
  audit: ['Audit log', 'what was done with films and corrections, without pictures or names of files'],
};

/** What the server keeps, how long, and when the next of it goes. */
export class Retention {
  static title = 'What is kept';
  #context;
  #place = h('div');

  constructor(context) {
    this.#context = context;
    this.element = part('What is kept', 'Everything that outlives a request. Pictures that are worked on for Files and pictures of rooms are not here: '
      + 'nothing of them is kept.', this.#place);
  }

  async show() {
    try {
      const rows = await this.#context.api.json('api/retention');
      this.#place.replaceChildren(table('Kept now', ['What', 'How many', 'Size', 'How long', 'The next goes', 'Setting'], rows.map((row) => {
        const [title, what] = WORDS[row.what] ?? [row.what, ''];
        return [
          h('span', {}, h('strong', { textContent: title }), h('span', { className: 'soft', textContent: `: ${what}` })), row.count ?? '', bytes(row.bytes),
          row.hours ? lengthOf(row.hours) : row.what === 'links' ? 'as long as each says' : row.what === 'audit' ? 'for good' : 'until it is deleted', when(row.next),
          row.setting ? h('code', { textContent: row.setting }) : '',
        ];
      })));
    } catch (error) {
      this.#context.report(error);
    }
  }
}

const lengthOf = (hours) => (hours % 24 === 0 ? `${hours / 24} ${hours === 24 ? 'day' : 'days'}` : `${hours} ${hours === 1 ? 'hour' : 'hours'}`);
