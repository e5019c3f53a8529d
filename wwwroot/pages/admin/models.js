import { h } from '../../ui/dom.js';
import { button, part, table } from './parts.js';

const INTERVAL_MS = 1500;
const STATES = { ready: 'Ready', 'not-prepared': 'Not prepared', off: 'Off', refused: 'Refused' };

/** The models: what they are for, their licence, whether they are ready; and a button to get them ready. */
export class Models {
  static title = 'Models';
  #context;
  #place = h('div');
  #timer = 0;
  #shown = '';

  constructor(context) {
    this.#context = context;
    this.element = part('Models', 'A model is fetched and prepared when it is first asked for; here it is done before anybody waits for it. '
      + 'Models are turned on and off by the command line (liveface models on ID, liveface models off ID), since that is where their licences are agreed to; '
      + 'the server reads it as it starts.', this.#place);
  }

  async show() {
    clearInterval(this.#timer);
    this.#timer = setInterval(() => this.#load(), INTERVAL_MS);
    await this.#load();
  }

  hide() {
    clearInterval(this.#timer);
  }

  async #load() {
    try {
      const models = await this.#context.api.json('api/models');
      const key = JSON.stringify(models);
      if (key === this.#shown) return;
      this.#shown = key;
      this.#place.replaceChildren(table('The catalogue', ['Model', 'Job', 'Licence of the weights', 'State', ''], models.map((model) => [
        h('span', {}, h('strong', { textContent: model.title }), ` (${model.id})`), `${model.job}${model.default ? ', the default' : ''}`, model.licence,
        h('span', {}, STATES[model.state] ?? model.state, model.reason && h('span', { className: 'soft', textContent: ` – ${model.reason}` })),
        model.state === 'not-prepared' ? button('Prepare', () => this.#prepare(model), 'small-text') : '',
      ])));
      for (const [index, row] of [...this.#place.querySelectorAll('tbody tr')].entries()) row.dataset.model = models[index].id;
    } catch (error) {
      this.#context.report(error);
    }
  }

  async #prepare(model) {
    this.#context.report(null);
    try {
      await this.#context.api.json(`api/models/${encodeURIComponent(model.id)}/prepare`, { method: 'POST' });
    } catch (error) {
      this.#context.report(error);
    }
    await this.#load();
  }
}
