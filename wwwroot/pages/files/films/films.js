import { FilmJob } from './job.js';
import { partOf, wordsOf } from './words.js';

/** The films of the list, each with its work on the server: uploads them one by one and follows each until it is done. */
export class Films {
  #api;
  #items;
  #choice;
  #files = new Map();
  #work = new Map();

  constructor(api, items, choice) {
    this.#api = api;
    this.#items = items;
    this.#choice = choice;
    for (const item of items.all) {
      if (item.kind !== 'film') continue;
      // A picture's file is still there, whenever the page was closed.
      if (item.blob && (!item.job || item.job.state === 'uploading')) this.add(item, item.blob, true);
      else if (item.job) this.#follow(item);
    }
  }

  /** A film was added: its file stays with the browser until it is uploaded. `review`: nothing is written before somebody says so. */
  async add(item, file, review = false) {
    this.#files.set(item.id, file);
    try {
      const job = item.job ?? await FilmJob.create(this.#api, file, item.name, { policy: this.#choice.policy, review });
      this.#set(item, job);
      this.#follow(item);
      await this.#upload(item, file);
    } catch (error) {
      this.#failed(item, error);
    }
  }

  /** A picture of the list becomes a job that is reviewed. */
  async review(item) {
    this.#items.set(item, { kind: 'film', state: 'working', words: 'Sending', problem: null, result: null, resultFor: null, finds: null, findsFor: null });
    await this.add(item, item.blob, true);
  }

  /** Adds a job that is on the server already. */
  async open(job) {
    const item = await this.#items.addJob(job);
    this.#set(item, job);
    this.#follow(item);
    return item;
  }

  jobOf(item) {
    return new FilmJob(this.#api, item.job.id);
  }

  /** Whether the film's file is needed again, since the page was closed before it was uploaded. */
  needsFile(item) {
    return item.job?.state === 'uploading' && !this.#files.has(item.id);
  }

  async removed(item) {
    this.#work.get(item.id)?.abort();
    this.#work.delete(item.id);
    this.#files.delete(item.id);
    if (item.job && !item.theirs) await this.jobOf(item).remove().catch(() => {});
  }

  /** Asks for something and takes in the job as it is then. */
  async ask(item, what) {
    try {
      const job = await what(this.jobOf(item));
      if (job?.state) this.#set(item, job);
      this.#follow(item);
    } catch (error) {
      this.#items.set(item, { problem: error.message });
    }
  }

  async #upload(item, file) {
    const stop = this.#stopOf(item);
    await this.jobOf(item).upload(file, stop.signal, (received) => this.#set(item, { ...item.job, received }));
    this.#files.delete(item.id);
  }

  #stopOf(item) {
    if (!this.#work.has(item.id)) this.#work.set(item.id, new AbortController());
    return this.#work.get(item.id);
  }

  #follow(item) {
    const stop = this.#stopOf(item);
    if (item.followed === stop) return;
    Object.defineProperty(item, 'followed', { value: stop, writable: true, enumerable: false, configurable: true });
    this.jobOf(item).watch(stop.signal, (job) => this.#set(item, job))
      .catch((error) => this.#failed(item, error))
      .finally(() => { item.followed = null; });
  }

  #set(item, job) {
    const state = { done: 'done', failed: 'failed', review: 'review' }[job.state] ?? 'working';
    this.#items.set(item, { job, state, words: wordsOf(job), part: partOf(job), problem: job.problem });
  }

  #failed(item, error) {
    if (error.message !== 'stopped') this.#items.set(item, { state: 'failed', words: error.message, problem: error.message });
  }
}
