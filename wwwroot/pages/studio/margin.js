import { byId } from '../../ui/dom.js';
import { range } from '../../ui/rules.js';

/** One slider for newcomers: how much of what is round a thing is hidden with it, in all rules that hide. */
export class MarginSlider {
  #place = byId('margin');
  #usual;
  #update;
  #shown = null;

  constructor(defaults, update) {
    this.#usual = defaults.how.padding;
    this.#update = update;
  }

  show({ rules }) {
    const first = rules?.find((rule) => rule.how.effect !== 'box');
    const value = first ? Math.round((first.how.padding ?? this.#usual) * 100) : null;
    this.#place.hidden = value === null;
    // A slider that somebody holds is not pulled away.
    if (value === this.#shown || this.#place.contains(document.activeElement) && this.#shown !== null) return;
    this.#shown = value;
    if (value !== null) this.#place.replaceChildren(range('Margin', 'margin', value, 0, 100, (to) => this.#set(to / 100), ' %'));
  }

  #set(padding) {
    this.#update((policy) => {
      for (const rule of policy.rules) if (rule.how.effect !== 'box') rule.how.padding = padding;
      policy.preset = null;
    });
  }
}
