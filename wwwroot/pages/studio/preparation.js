import { byId } from '../../ui/dom.js';

const INTERVAL_MS = 1000;
const WAITING = new Set(['starting', 'model-missing', 'detector-unavailable']);

/** Tells how far the fetching of a model is while the picture is covered for want of it. */
export class PreparationNotice {
  #line = byId('progress');
  #api;
  #policy;
  #timer = 0;

  constructor(api) {
    this.#api = api;
  }

  show(policy) {
    this.#policy = policy;
  }

  /** Takes the room's newest state: its cover says whether there is something to wait for. */
  roomState({ cover }) {
    const waiting = WAITING.has(cover);
    if (waiting && !this.#timer) this.#timer = setInterval(() => this.#ask(), INTERVAL_MS);
    if (waiting) return;
    clearInterval(this.#timer);
    this.#timer = 0;
    this.#line.textContent = '';
  }

  async #ask() {
    const models = await this.#api.json('api/models').catch(() => []);
    const needed = new Set(this.#policy.rules.map((rule) => rule.when.model));
    if (this.#policy.background) needed.add('outline');
    const wanted = models.filter((model) => needed.has(model.id) || (model.default && needed.has(model.job)));
    if (this.#timer) this.#line.textContent = wanted.filter((model) => model.state !== 'ready' && model.reason).map((model) => `${model.title}. ${model.reason}`).join(' ');
  }
}
