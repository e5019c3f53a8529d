import { debounce, h } from '../../ui/dom.js';
import { button, nothing, part, table, when } from './parts.js';

const SIZE = 50;
const KNOWN = new Set(['n', 'at', 'what', 'by', 'key', 'job', 'correction', 'before']);

/** The audit log, the newest first, a page at a time. */
export class Audit {
  static title = 'Audit log';
  #context;
  #text = '';
  #lines = [];
  #before = null;
  #place = h('div');
  #status = h('p', { className: 'soft', role: 'status' });
  #older = button('Older', () => this.#load(this.#before));

  constructor(context) {
    this.#context = context;
    const search = h('input', {
      type: 'search', id: 'audit-text', maxLength: 100, oninput: debounce(() => { this.#text = search.value.trim(); this.show(); }, 300) });
    this.element = part('Audit log', 'What was done with films and corrections: a line before each deed, each bound to the one before by its hash. '
      + 'The file is audit.jsonl in the data folder; liveface verify holds a report against it.',
    h('div', { className: 'filters' }, h('label', { for: 'audit-text', textContent: 'Lines with' }), search), this.#place,
    h('div', { className: 'controls' }, this.#older), this.#status);
  }

  async show() {
    this.#lines = [];
    await this.#load(null);
  }

  async #load(before) {
    const text = this.#text;
    const query = new URLSearchParams({ limit: String(SIZE) });
    if (text) query.set('text', text);
    if (before !== null) query.set('before', String(before));
    try {
      const page = await this.#context.api.json(`api/audit?${query}`);
      if (text !== this.#text) return;
      this.#lines.push(...page.lines);
      this.#before = page.before;
      this.#older.disabled = page.before === null;
      this.#status.textContent = page.before === null ? 'This is the beginning of the log.'
        : page.lines.length < SIZE ? 'Nothing more in this part of the log; go on with Older.' : '';
      const rows = this.#lines.map((line) => [
        line.n, when(line.at), line.what, h('code', { textContent: (line.job ?? line.correction ?? '').slice(0, 12) }), line.by, h('code', { textContent: moreOf(line) }),
      ]);
      this.#place.replaceChildren(rows.length === 0 ? nothing('No line yet.') : table('Lines', ['Line', 'When', 'What', 'About', 'By', 'More'], rows));
    } catch (error) {
      this.#context.report(error);
    }
  }
}

function moreOf(line) {
  const rest = Object.entries(line).filter(([name]) => !KNOWN.has(name));
  return rest.map(([name, value]) => `${name} ${typeof value === 'object' ? JSON.stringify(value) : value}`).join(', ').slice(0, 300);
}
