const PAUSE_MS = 350;
const BUSY_MS = 2000;
const MOST_TRIES = 20;

/**
 * Works on the list, one picture at a time, the one that is open first: asks the server what is in it, then for the picture
 * with that hidden. Whatever changes meanwhile is asked for once that is there: the server has one request of ours at a time.
 */
export class Work {
  #client;
  #items;
  #choice;
  #now = null;
  #timer = 0;
  #paused = false;

  constructor(client, items, choice) {
    this.#client = client;
    this.#items = items;
    this.#choice = choice;
  }

  get paused() { return this.#paused; }

  set paused(value) {
    this.#paused = value;
    if (value) this.#now?.stop.abort();
    else this.wake();
  }

  /** What the picture of an item was asked for by, as text: another text is another picture. */
  orderOf(item) {
    return JSON.stringify([this.#choice.policy, item.marks]);
  }

  isCurrent(item) {
    return item.result !== null && item.resultFor === this.orderOf(item);
  }

  /** Something changed: it is asked for once nothing changes for a moment. */
  changed() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => { this.#timer = 0; this.wake(); }, PAUSE_MS);
  }

  /** What was removed needs no work. */
  removed(item) {
    if (this.#now?.item === item) this.#now.stop.abort();
  }

  wake() {
    if (this.#now || this.#paused || this.#timer) return;
    const item = this.#next();
    if (!item) return;
    const now = { item, stop: new AbortController() };
    this.#now = now;
    this.#run(now).finally(() => {
      this.#now = null;
      // A task of its own, so that a picture that fails at once does not keep the page from drawing.
      setTimeout(() => this.wake(), 0);
    });
  }

  #next() {
    const waits = (item) => item.kind !== 'film' && item.state !== 'failed' && !(this.isCurrent(item) && this.#hasFinds(item));
    const { open, all } = this.#items;
    return open && waits(open) ? open : all.find(waits);
  }

  #hasFinds(item) {
    return item.finds !== null && item.findsFor === this.#asked();
  }

  #asked() {
    return this.#choice.models.join(',') || 'faces';
  }

  async #run({ item, stop }) {
    try {
      const asked = this.#asked();
      if (!this.#hasFinds(item)) {
        this.#items.set(item, { state: 'working', step: 'looking', problem: null });
        const seen = await this.#patiently(item, stop.signal, () => this.#client.detect(item.blob, { models: asked.split(','), signal: stop.signal }));
        this.#items.set(item, { finds: seen.objects, findsFor: asked });
      }
      if (!this.isCurrent(item)) {
        const order = this.orderOf(item);
        this.#items.set(item, { state: 'working', step: 'hiding', problem: null });
        const made = await this.#patiently(item, stop.signal, () => this.#client.redact(
          item.blob, { policy: this.#choice.policy, marks: item.marks ?? undefined, signal: stop.signal }));
        this.#items.set(item, { result: made.picture, resultFor: order, found: made.found, kept: made.kept });
      }
      this.#items.set(item, { state: this.isCurrent(item) ? 'done' : 'queued', step: null });
    } catch (error) {
      if (stop.signal.aborted) this.#items.set(item, { state: 'queued', step: null });
      else this.#items.set(item, { state: 'failed', step: null, retry: true, problem: error.message });
    }
  }

  /** A server that has other pictures to look at is asked again. */
  async #patiently(item, signal, ask) {
    for (let tries = 1; ; tries += 1) {
      try {
        return await ask();
      } catch (error) {
        const waits = ['too-busy', 'too-many-requests', 'quota-reached', 'unreachable'].includes(error.code);
        if (!waits || signal.aborted || tries === MOST_TRIES) throw error;
        this.#items.set(item, { step: error.code === 'unreachable' ? 'unreachable' : 'waiting' });
        await new Promise((resolve, reject) => {
          const timer = setTimeout(resolve, error.retryAfter ?? BUSY_MS);
          signal.addEventListener('abort', () => { clearTimeout(timer); reject(new Error('stopped')); }, { once: true });
        });
      }
    }
  }
}
