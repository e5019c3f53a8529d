import { byId, h, toggle } from '../../ui/dom.js';
import { choice, colour, range } from '../../ui/rules.js';

const KINDS = [
  { title: 'Faces', model: 'faces', class: null },
  { title: 'Persons', model: 'objects', class: 'person' },
  { title: 'Number plates', model: 'plates', class: null },
  { title: 'Text', model: 'text', class: null },
];
const SHAPES = { ellipse: 'Oval', box: 'Box', outline: 'Outline' };

/** What to hide in a few presses, and how for all of it: the rest is in the rules. */
export class QuickPanel {
  #choice;
  #effects;
  #usual;
  #chips = [];
  #fields = byId('how');
  #shown = '';

  constructor(choice_, models, effects, usual) {
    this.#choice = choice_;
    this.#effects = effects.filter((effect) => effect.hides);
    this.#usual = usual;
    const there = (kind) => models.some((model) => model.job === kind.model && model.state !== 'off' && model.state !== 'refused'
      && (!kind.class || model.classes.includes(kind.class)));
    byId('what').replaceChildren(...KINDS.filter(there).map((kind) => {
      const button = h('button', { type: 'button', textContent: kind.title });
      const set = toggle(button, (on) => { if (on !== this.#choice.has(kind.model, kind.class)) this.#choice.toggle(kind.model, kind.class, on); });
      this.#chips.push({ kind, set });
      return button;
    }));
    this.show();
  }

  show() {
    for (const { kind, set } of this.#chips) set(this.#choice.has(kind.model, kind.class));
    const first = this.#choice.rules.find((rule) => rule.how.effect !== 'box');
    const key = JSON.stringify([first?.how.effect, first?.where]);
    if (key === this.#shown) return;
    this.#shown = key;
    const focused = document.activeElement?.getAttribute('name');
    this.#fields.replaceChildren(...(first ? this.#controls(first) : []));
    if (focused) this.#fields.querySelector(`[name="${CSS.escape(focused)}"]`)?.focus();
  }

  #controls({ how, where }) {
    const uses = new Set(this.#effects.find((effect) => effect.id === how.effect)?.uses ?? []);
    return [
      choice('Effect', 'all-effect', this.#effects.map((effect) => [effect.id, effect.title]), how.effect, (value) => this.#each((rule) => { rule.how.effect = value; })),
      choice('Shape', 'all-where', Object.entries(SHAPES), where, (value) => this.#each((rule) => { rule.where = value; })),
      uses.has('strength') && range('Strength', 'all-strength', how.strength ?? this.#usual.strength, 0, 100, (value) => this.#each((rule) => { rule.how.strength = value; })),
      uses.has('color') && colour('Colour', 'all-color', how.color ?? '#000000', (value) => this.#each((rule) => { rule.how.color = value; })),
    ].filter(Boolean);
  }

  #each(change) {
    this.#choice.update((policy) => {
      for (const rule of policy.rules) if (rule.how.effect !== 'box') change(rule);
      policy.preset = null;
    });
  }
}
