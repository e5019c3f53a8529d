import { byId } from '../../ui/dom.js';

/** Asks of each result whether it is right. The server counts the answers and keeps no picture. */
export class Right {
  #client;
  #report;
  /** @type {object | null} */
  #result = null;
  #answered = new WeakSet();
  #onWrong;

  /** @param {(result: object) => void} onWrong called when something is wrong with a result */
  constructor(client, report, onWrong) {
    this.#client = client;
    this.#report = report;
    this.#onWrong = onWrong;
    for (const thumb of ['up', 'down']) byId(`right-${thumb}`).addEventListener('click', () => this.#say(/** @type {'up' | 'down'} */ (thumb)));
  }

  /** @param {object | null} result null where there is none */
  show(result) {
    this.#result = result;
    byId('right').hidden = !result;
    const answered = !!result && this.#answered.has(result);
    byId('right-up').disabled = byId('right-down').disabled = answered;
    byId('right-said').textContent = answered ? 'Thank you.' : '';
  }

  /** @param {'up' | 'down'} thumb */
  async #say(thumb) {
    const result = this.#result;
    try {
      await this.#client.sendFeedback({ thumb, about: 'watermark' });
      this.#answered.add(result);
      this.show(this.#result);
      if (thumb === 'down' && result) this.#onWrong(result);
    } catch (error) {
      this.#report(error);
    }
  }
}
