import { byId } from '../../ui/dom.js';
import { Right } from './right.js';
import { Teach } from './teach.js';

/** Takes the mark off the picture, and shows what it was, what it became and where the mark was found. */
export class TakeOff {
  #client;
  #stage;
  #report;
  #right;
  #teach;
  /** @type {{ before: Blob, after: Blob, mask: Blob | null, confidence: number, words: string } | null} */
  #done = null;
  /** @type {AbortController | null} */
  #under = null;

  constructor(client, stage, report) {
    this.#client = client;
    this.#stage = stage;
    this.#report = report;
    this.#teach = new Teach(client, report);
    this.#right = new Right(client, report, (result) => this.#teach.ask(result));
  }

  /** The picture without its mark; null before. */
  get result() {
    return this.#done?.after ?? null;
  }

  /** Forgets what was done: there is another picture. */
  clear() {
    this.#under?.abort();
    this.#under = this.#done = null;
  }

  show() {
    this.#stage.showAfter(this.#done?.after ?? null, this.#done?.mask ?? null);
    this.#stage.words = this.#under ? 'Looking for a mark…' : '';
    byId('found').textContent = this.#done?.words ?? '';
    byId('download').disabled = !this.#done;
    this.#right.show(this.#done);
    this.#teach.show(this.#done);
  }

  /** @param {Blob} picture */
  async run(picture) {
    this.clear();
    const under = this.#under = new AbortController();
    this.show();
    byId('take-off').disabled = true;
    try {
      const answer = await this.#client.unmark(picture, { signal: under.signal });
      if (under !== this.#under) return;
      this.#done = {
        before: picture, after: fromBase64(answer.after, answer.type), mask: answer.marked ? fromBase64(answer.mask, 'image/png') : null,
        confidence: answer.confidence ?? 0, words: said(answer),
      };
      this.#report(null);
    } catch (error) {
      if (under !== this.#under) return;
      this.#report(error);
    } finally {
      if (under === this.#under) this.#under = null;
      byId('take-off').disabled = false;
    }
    if (!byId('off').hidden) this.show();
  }
}

const said = ({ marked, share, confidence }) => (marked
  ? `A mark over ${(100 * share).toFixed(1)} % of the picture was taken off; the net is ${Math.round(100 * confidence)} % sure of it.`
  : 'No mark was found: the picture is as it was.');

function fromBase64(text, type) {
  return new Blob([Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))], { type });
}
