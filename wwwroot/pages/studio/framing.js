import { byId } from '../../ui/dom.js';
import { choice, range } from '../../ui/rules.js';

const SUBJECTS = [['', 'Nobody: show all of the picture'], ['main', 'One face'], ['group', 'Everybody']];

/** Whom the picture follows: cropped after everything in it is hidden, at the size that it has. */
export class FramingPanel {
  #root = byId('framing');
  #update;
  #usual;
  #shown = '';

  constructor(update, usual) {
    this.#update = update;
    this.#usual = usual;
  }

  show({ framing }) {
    const key = JSON.stringify(framing);
    if (key === this.#shown) return;
    this.#shown = key;
    const focused = document.activeElement?.getAttribute('name');
    const set = (change) => this.#update((policy) => {
      policy.framing = change(policy.framing);
      policy.preset = null;
    });
    const { size, closest } = framing ?? this.#usual;
    const parts = [choice('Follow', 'framing-subject', SUBJECTS, framing?.subject ?? '', (subject) => set((before) => (subject ? { ...before, subject } : null)))];
    if (framing) {
      parts.push(
        range('Height of a face', 'framing-size', Math.round(size * 100), 5, 80, (value) => set((before) => ({ ...before, size: value / 100 })), ' %'),
        range('Enlarge at most', 'framing-closest', Math.round(closest * 100), 100, 400, (value) => set((before) => ({ ...before, closest: value / 100 })), ' %'));
    }
    this.#root.replaceChildren(...parts);
    if (focused) /** @type {any} */ (this.#root.querySelector(`[name="${focused}"]`))?.focus();
  }
}
