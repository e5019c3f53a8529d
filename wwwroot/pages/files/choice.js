import { newRule } from '../../ui/rules.js';

const KEPT = 'files-policy';

/** What is hidden in all pictures of the list, and how: a policy, kept in this browser. */
export class Choice {
  #policy;
  #how;
  #listeners = [];

  constructor(how) {
    this.#how = how;
    this.#policy = read() ?? { preset: null, rules: [newRule('faces', how)] };
  }

  get rules() { return this.#policy.rules; }

  /** As the server takes it. A policy that hides nobody has to say so. */
  get policy() {
    const hides = this.rules.some((rule) => isHiding(rule) && !rule.when.trackIds);
    return { rules: this.rules, nothingHidden: !hides };
  }

  /** The models that have to look. */
  get models() {
    return [...new Set(this.rules.map((rule) => rule.when.model))];
  }

  listen(listener) {
    this.#listeners.push(listener);
  }

  update(change) {
    const policy = structuredClone(this.#policy);
    change(policy);
    this.#policy = policy;
    localStorage.setItem(KEPT, JSON.stringify(policy));
    for (const listener of this.#listeners) listener(policy);
  }

  get whole() { return this.#policy; }

  /** Whether a rule of these hides what is found. */
  hides({ model, class: name, score }) {
    return this.rules.some((rule) => isHiding(rule) && rule.when.model === model && score >= (rule.when.minScore ?? 0)
      && (rule.when.classes === 'all' || rule.when.classes.some((one) => same(one, name)))
      && !(rule.when.exceptClasses ?? []).some((one) => same(one, name)));
  }

  has(model, name = null) {
    return this.rules.some((rule) => isHiding(rule) && isFor(rule, model, name));
  }

  /** Adds a rule for all that a model finds, or for one class of it; or takes it away. */
  toggle(model, name, on) {
    this.update((policy) => {
      policy.preset = null;
      policy.rules = policy.rules.filter((rule) => !isFor(rule, model, name));
      if (!on) return;
      const rule = newRule(model, policy.rules[0]?.how ?? this.#how);
      if (name) rule.when.classes = [name];
      policy.rules.push(rule);
    });
  }
}

const same = (a, b) => a.toLowerCase() === b.toLowerCase();
const isHiding = (rule) => rule.how.effect !== 'box';
const isFor = (rule, model, name) => rule.when.model === model
  && (name === null ? rule.when.classes === 'all' : rule.when.classes !== 'all' && rule.when.classes.length === 1 && same(rule.when.classes[0], name));

function read() {
  try {
    const policy = JSON.parse(localStorage.getItem(KEPT) ?? 'null');
    return Array.isArray(policy?.rules) ? policy : null;
  } catch {
    return null;
  }
}
