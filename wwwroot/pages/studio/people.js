import { byId, h } from '../../ui/dom.js';

/** Who agreed to be left alone in this room: each a box to tick, which the policy's rules for faces then name. */
export class PeoplePanel {
  #panel = byId('people-panel');
  #list = byId('people');
  #update;
  #people = [];

  constructor(client, room, update) {
    this.#update = update;
    // Whoever may not name people, a guest by a link say, is not asked to.
    client.people({ room }).then((people) => {
      this.#people = people;
      this.show(this.policy);
    }, () => {});
  }

  policy = { rules: [] };

  show(policy) {
    this.policy = policy;
    const faces = policy.rules.filter(hidesFaces);
    const named = new Set(faces.flatMap((rule) => rule.when.exceptPeople ?? []));
    const known = new Set(this.#people.map((person) => person.id));
    const gone = [...named].filter((id) => !known.has(id)).map((id) => ({ id, gone: true }));
    this.#panel.hidden = this.#people.length + gone.length === 0;
    byId('people-hint').hidden = faces.length > 0;
    this.#list.replaceChildren(...[...this.#people, ...gone].map((person) => this.#row(person, named.has(person.id), faces.length > 0)));
  }

  #row(person, isNamed, hasRule) {
    const box = h('input', {
      type: 'checkbox', checked: isNamed, disabled: !hasRule,
      onchange: () => this.#update((policy) => {
        for (const { when } of policy.rules.filter(hidesFaces)) {
          const others = (when.exceptPeople ?? []).filter((id) => id !== person.id);
          when.exceptPeople = box.checked ? [...others, person.id] : others;
        }
        policy.preset = null;
      }),
    });
    return h('li', {}, h('label', { className: 'check' }, box, h('span', {}, person.id, h('span', { className: 'soft', textContent: ` ${describe(person)}` }))));
  }
}

function hidesFaces({ when, how }) {
  return when.model === 'faces' && how.effect !== 'box';
}

function describe({ gone, state, expires }) {
  if (gone) return 'hidden: not enrolled any more';
  if (state === 'unreadable') return 'hidden: what is kept cannot be read';
  return `until ${new Date(expires).toLocaleDateString()}`;
}
