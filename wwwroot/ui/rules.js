import { byId, debounce, h } from './dom.js';

const FOLLOWED = 'What is hidden stays hidden while it is followed: above the model’s own certainty, more changes nothing. Less hides fainter finds as well.';
const ADULTS = 'Every doubt hides: who was not read yet, who is near another face, whose range touches the age. A model is wrong for some people more often than for others.';
const SHAPES = { box: 'Box', ellipse: 'Oval', outline: 'Outline' };

/** The list of rules, and an editor for the one that is chosen. Every change goes through `update(policy => …)`. */
export class RulesPanel {
  #list = byId('rules');
  #editor = byId('rule-editor');
  #models;
  #effects;
  #defaults;
  #update;
  #stickers;
  #policy = { rules: [] };
  #chosen = 0;
  #shown = '';
  #hint;
  #ages;
  // The slider that was moved last, until the server has answered.
  #moved = null;

  /** `stickers(effect, chosen, choose)` makes the field that picks a sticker; `hint` is what is to be known of certainty, `ages` the
   *  bounds of the age that a rule for faces may go by; without them none does. */
  constructor(models, effects, defaults, update, stickers, { hint = FOLLOWED, ages = null } = {}) {
    this.#hint = hint;
    this.#ages = ages;
    this.#defaults = defaults;
    this.#models = models;
    this.#effects = effects;
    this.#update = update;
    this.#stickers = stickers;
    this.#editor.addEventListener('submit', (event) => event.preventDefault());
    this.#editor.addEventListener('input', (/** @type {any} */ { target }) => { if (target.type === 'range') this.#moved = target; });
    byId('add-rule').addEventListener('click', () => {
      this.#chosen = this.#policy.rules.length;
      this.#update((policy) => { policy.rules.push(newRule('faces', this.#defaults.how)); policy.preset = null; });
    });
  }

  show(policy) {
    this.#policy = policy;
    this.#chosen = Math.min(this.#chosen, Math.max(0, policy.rules.length - 1));
    this.#list.replaceChildren(...policy.rules.map((rule, index) => this.#row(rule, index)));
    this.#showEditor();
  }

  #row(rule, index) {
    const choose = h('button', {
      type: 'button', className: 'choose', 'aria-pressed': String(index === this.#chosen),
      onclick: () => { this.#chosen = index; this.#moved = null; this.show(this.#policy); this.#list.children[index].querySelector('button').focus(); },
    }, h('span', { textContent: this.#describe(rule) }));
    const remove = h('button', {
      type: 'button', className: 'small danger', textContent: '✕', 'aria-label': `Remove the rule: ${this.#describe(rule)}`,
      onclick: () => this.#update((policy) => { policy.rules.splice(index, 1); policy.preset = null; }),
    });
    const up = index > 0 && h('button', {
      type: 'button', className: 'small', textContent: '↑', 'aria-label': `Move up: ${this.#describe(rule)}`,
      onclick: () => { this.#chosen = index - 1; this.#update((policy) => { policy.rules.splice(index - 1, 0, ...policy.rules.splice(index, 1)); }); },
    });
    return h('li', {}, choose, up, remove);
  }

  #describe({ when, where, how }) {
    const what = when.trackIds?.length ? `#${when.trackIds.join(', #')}`
      : when.classes === 'all' ? this.#titleOf(when.model) : when.classes.join(', ');
    const effect = this.#effects.find((one) => one.id === how.effect)?.title ?? how.effect;
    const age = when.ageUnder ? ` not certainly over ${when.ageUnder}` : '';
    return `${what}${age} – ${effect}, ${SHAPES[where].toLowerCase()}`;
  }

  #titleOf(model) {
    return this.#models.find((one) => one.id === model)?.title ?? model[0].toUpperCase() + model.slice(1);
  }

  // The form is rebuilt only when another rule or effect is shown, so that a slider in use is not pulled away.
  #showEditor() {
    const rule = this.#policy.rules[this.#chosen];
    this.#editor.hidden = !rule;
    if (!rule) {
      this.#shown = '';
      return;
    }
    const key = JSON.stringify([this.#chosen, this.#policy.rules.length, this.#policy.preset, rule.when, rule.where, rule.how.effect]);
    if (key === this.#shown) return;
    this.#shown = key;
    const focused = document.activeElement?.getAttribute('name');
    const scrolled = this.#editor.querySelector('.classes')?.scrollTop ?? 0;
    this.#editor.replaceChildren(...this.#fields(rule));
    this.#editor.querySelector('.classes')?.scrollTo(0, scrolled);
    if (focused) this.#editor.elements[focused]?.focus?.();
    // What the user has set is on its way: the answer to an earlier change does not take it from view.
    const again = this.#moved && this.#editor.elements[this.#moved.name];
    if (again) {
      again.value = this.#moved.value;
      again.parentElement.querySelector('output').textContent = again.value;
    }
  }

  #fields(rule) {
    const effect = this.#effects.find((one) => one.id === rule.how.effect);
    const uses = new Set(effect?.uses ?? []);
    const jobs = [...new Set(this.#models.filter((model) => model.state !== 'off').map((model) => model.job))]
      .filter((job) => ['faces', 'objects', 'outline', 'text', 'plates'].includes(job));
    if (!jobs.includes(rule.when.model)) jobs.push(rule.when.model);
    const usual = this.#defaults.how;
    const fields = [
      choice('What', 'model', jobs.map((job) => [job, this.#titleOf(job)]), rule.when.model, (value) => this.#edit((one) => {
        one.when = { ...newRule(value, this.#defaults.how).when };
      })),
      this.#classes(rule),
      range('Certainty', 'minScore', Math.round((rule.when.minScore ?? 0.5) * 100), 5, 95, (value) => this.#edit((one) => { one.when.minScore = value / 100; }),
        '', rule.when.minScore === null ? 'model’s' : null),
      rule.how.effect !== 'box' && h('p', { className: 'hint soft', textContent: this.#hint }),
      ...this.#age(rule),
      choice('Shape', 'where', Object.entries(SHAPES), rule.where, (value) => this.#edit((one) => { one.where = value; })),
      choice('Effect', 'effect', this.#effects.map((one) => [one.id, one.title]), rule.how.effect, (value) => this.#edit((one) => {
        one.how.effect = value;
        if (value === 'box') one.how.padding = 0;
      })),
      uses.has('strength') && range('Strength', 'strength', rule.how.strength ?? usual.strength, 0, 100, (value) => this.#edit((one) => { one.how.strength = value; })),
      uses.has('padding') && range('Padding', 'padding', Math.round((rule.how.padding ?? usual.padding) * 100), 0, 100,
        (value) => this.#edit((one) => { one.how.padding = value / 100; })),
      uses.has('color') && colour('Colour', 'color', rule.how.color ?? '#000000', (value) => this.#edit((one) => { one.how.color = value; })),
      uses.has('sticker') && this.#stickers(effect, rule.how.sticker, (name) => this.#edit((one) => { one.how.sticker = name; })),
      uses.has('label') && check('Write what it is beside it', 'label', rule.how.label ?? true, (value) => this.#edit((one) => { one.how.label = value; })),
    ];
    return fields.filter(Boolean);
  }

  #age(rule) {
    if (!this.#ages || rule.how.effect === 'box' || this.#models.find((one) => one.id === rule.when.model || one.job === rule.when.model)?.job !== 'faces') return [];
    const { least, most } = this.#ages;
    const set = (age) => this.#edit((one, policy) => {
      one.when.ageUnder = age;
      // Whoever looks older is shown: a policy has to say so.
      policy.nothingHidden = !hidesWhoeverComes(policy);
    });
    const goes = (rule.when.ageUnder ?? null) !== null;
    return [
      check('Show who is certainly older', 'goesByAge', goes, (on) => set(on ? Math.min(most, Math.max(least, 18)) : null)),
      goes && range('Hide under', 'ageUnder', rule.when.ageUnder, least, most, set, ' years'),
      goes && h('p', { className: 'hint soft', textContent: ADULTS }),
    ];
  }

  #classes(rule) {
    const model = this.#models.find((one) => one.id === rule.when.model) ?? this.#models.find((one) => one.job === rule.when.model && one.default);
    if (!model || model.classes.length < 2) return null;
    const on = new Set(rule.when.classes === 'all' ? [] : rule.when.classes);
    const set = (classes) => this.#edit((one) => { one.when.classes = classes.length ? classes : 'all'; });
    const button = (name, pressed, onclick) => h('button', { type: 'button', textContent: name, 'aria-pressed': String(pressed), onclick });
    return h('div', { className: 'field' }, h('span', { textContent: 'Classes' }), h('div', { className: 'classes wide', role: 'group', 'aria-label': 'Classes' },
      button('all', on.size === 0, () => set([])),
      model.classes.map((name) => button(name, on.has(name), () => set(on.has(name) ? [...on].filter((other) => other !== name) : [...on, name])))));
  }

  async #edit(change) {
    const [index, moved] = [this.#chosen, this.#moved];
    await this.#update((policy) => {
      change(policy.rules[index], policy);
      policy.preset = null;
    });
    if (this.#moved === moved) this.#moved = null;
  }
}

/**
 * A rule for a model that hides what it finds.
 * @param {string} model
 * @param {{ effect: string, strength?: number, padding?: number, label?: boolean, color?: string }} how
 * @returns {any}
 */
export function newRule(model, how) {
  return { when: { model, classes: 'all' }, where: model === 'faces' ? 'ellipse' : 'box', how: { ...how } };
}

/** Whether a newcomer is hidden, whoever it is: what a policy's `nothingHidden` is the opposite of. */
export const hidesWhoeverComes = ({ cover, background, zones, rules }) => Boolean(cover || background)
  || (zones ?? []).some(({ shape, box }) => shape === 'rectangle' && box?.x <= 0 && box.y <= 0 && box.x + box.width >= 1 && box.y + box.height >= 1)
  || rules.some(({ when, how }) => how.effect !== 'box' && !when.trackIds && (when.ageUnder ?? null) === null);

let fieldCount = 0;
function field(label, control, ...rest) {
  control.id = `field-${fieldCount += 1}`;
  return h('div', { className: 'field' }, h('label', { for: control.id, textContent: label }), control, ...rest);
}

export function choice(label, name, options, value, change) {
  const select = h('select', { name, className: 'wide', onchange: () => change(select.value) },
    options.map(([id, title]) => h('option', { value: id, textContent: title, selected: id === value })));
  return field(label, select);
}

/** A slider with its value beside it; `unset` stands there instead until it is moved. */
export function range(label, name, value, min, max, change, unit = '', unset = null) {
  const output = h('output', { textContent: unset ?? `${value}${unit}` });
  const send = debounce((number) => change(number));
  const input = h('input', { type: 'range', name, min, max, oninput: () => { output.textContent = `${input.value}${unit}`; send(Number(input.value)); } });
  input.value = value;
  return field(label, input, output);
}

export function colour(label, name, value, change) {
  const input = h('input', { type: 'color', name, value, oninput: debounce(() => change(input.value)) });
  return field(label, input);
}

export function check(label, name, value, change) {
  const input = h('input', { type: 'checkbox', name, checked: value, onchange: () => change(input.checked) });
  return h('label', { className: 'check' }, input, h('span', { textContent: label }));
}
