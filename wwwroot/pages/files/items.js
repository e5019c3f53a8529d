import { isFilm, isPicture } from './kinds.js';
import { Shelf } from './shelf.js';

const MOST_BYTES = 20 * 2 ** 20;

/** The files of the list, with what is known and made of each; told of to whoever listens, and kept on the shelf. */
export class Items {
  #shelf;
  #listeners = [];
  /** @type {any[]} */
  all = [];
  /** @type {any} */
  open = null;

  static async load() {
    const items = new Items();
    items.#shelf = await Shelf.open();
    items.all = await items.#shelf.all();
    // What was under way when the page went away begins again.
    for (const item of items.all) if (item.kind !== 'film' && item.state === 'working') item.state = 'queued';
    return items;
  }

  listen(listener) {
    this.#listeners.push(listener);
  }

  /** Takes files in; those that are neither pictures nor films stand in the list with the reason. A film is not kept here: it is uploaded. */
  async add(files) {
    const order = Date.now();
    const films = await Promise.all([...files].map(isFilm));
    const added = [...files].map((file, index) => newItem({
      order: order + index / 1000, name: file.name || 'Pasted picture.png',
      kind: films[index] ? 'film' : 'picture', blob: films[index] ? null : file, bytes: file.size, ...(films[index] ? {} : refusal(file)),
    }));
    await this.#take(added);
    return added;
  }

  /** Takes in a job that is on the server already. Taking it off the list leaves it there. */
  async addJob(job) {
    const item = newItem({ order: Date.now(), name: job.name, kind: 'film', bytes: job.bytes, job, theirs: true });
    await this.#take([item]);
    return item;
  }

  /** Sets what is new about an item. */
  set(item, values) {
    Object.assign(item, values);
    if (this.all.includes(item)) this.#shelf.put(item);
    this.#tell();
  }

  async remove(item) {
    const index = this.all.indexOf(item);
    if (index < 0) return;
    this.all.splice(index, 1);
    await this.#shelf.remove(item.id);
    if (this.open === item) this.show(this.all[Math.min(index, this.all.length - 1)] ?? null);
    else this.#tell();
  }

  async clear() {
    await this.#shelf.clear();
    this.all = [];
    this.show(null);
  }

  show(item) {
    this.open = item;
    this.#tell();
  }

  async #take(added) {
    this.all.push(...added);
    for (const item of added) await this.#shelf.put(item);
    this.#tell();
  }

  #tell() {
    for (const listener of this.#listeners) listener();
  }
}

function newItem(values) {
  return {
    id: crypto.randomUUID(), kind: 'picture', blob: null, job: null, state: 'queued', step: null, problem: null, retry: true,
    finds: null, findsFor: null, marks: null, result: null, resultFor: null, ...values,
  };
}

function refusal(file) {
  if (!isPicture(file)) return { state: 'failed', retry: false, problem: 'This is no film and no JPEG, PNG or WebP picture. Save it as one of these, then add it again.' };
  if (file.size > MOST_BYTES) return { state: 'failed', retry: false, problem: 'The picture is larger than 20 MB. Make it smaller, then add it again.' };
  return {};
}

/** The name of what comes out. */
export function resultName(item) {
  const end = { 'image/png': 'png', 'image/webp': 'webp' }[item.result?.type] ?? 'jpg';
  return `${item.name.replace(/\.[^.]*$/, '')}.redacted.${end}`;
}
