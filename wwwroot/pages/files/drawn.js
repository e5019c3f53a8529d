import { byId, debounce, h } from '../../ui/dom.js';
import { CLASSES, USUAL } from './classes.js';

export const SHAPES = { ellipse: 'Oval', rectangle: 'Box', polygon: 'Polygon', brush: 'Brush' };

/** What was drawn by hand: each with what it is, and with an effect of its own, if it is to have one. */
export class DrawnPanel {
  #list = byId('drawn');
  #panel = byId('drawn-panel');
  #effects;
  #draft = null;
  #shown = '';

  constructor(effects) {
    this.#effects = effects.filter((effect) => effect.hides);
  }

  open(draft) {
    this.#draft = draft;
    this.#shown = '';
    this.show();
  }

  show() {
    const marks = this.#draft?.marks.hide ?? [];
    this.#panel.hidden = marks.length === 0;
    const key = JSON.stringify(marks.map((mark) => [mark.shape, mark.class, mark.how?.effect]));
    if (key !== this.#shown) {
      this.#shown = key;
      const focused = document.activeElement?.id;
      this.#list.replaceChildren(...marks.map((mark, index) => this.#row(mark, index)));
      if (focused) byId(focused)?.focus();
    }
    [...this.#list.children].forEach((row, index) => row.classList.toggle('selected', this.#draft.selected?.mark === index));
  }

  #row(mark, index) {
    const name = `${SHAPES[mark.shape]} ${index + 1}`;
    const set = (how) => this.#draft.replace(index, { ...this.#draft.marks.hide[index], how });
    const what = h('select', {
      id: `drawn-class-${index}`, 'aria-label': `What ${name} is`,
      onchange: () => this.#draft.replace(index, { ...this.#draft.marks.hide[index], class: what.value }),
    }, Object.entries(CLASSES).map(([id, title]) => h('option', { value: id, textContent: title, selected: id === (mark.class ?? USUAL) })));
    const effect = h('select', {
      id: `drawn-effect-${index}`, 'aria-label': `Effect of ${name}`,
      onchange: () => set(effect.value ? { effect: effect.value } : undefined),
    }, h('option', { value: '', textContent: 'As the rules say' }),
    this.#effects.map((one) => h('option', { value: one.id, textContent: one.title, selected: one.id === mark.how?.effect })));
    const uses = this.#effects.find((one) => one.id === mark.how?.effect)?.uses ?? [];
    const colour = uses.includes('color') && h('input', {
      type: 'color', id: `drawn-colour-${index}`, value: mark.how?.color ?? '#000000', 'aria-label': `Colour of ${name}`,
      oninput: debounce(() => set({ ...this.#draft.marks.hide[index].how, color: colour.value }), 200),
    });
    return h('li', {},
      h('button', { type: 'button', className: 'look', textContent: name, onclick: () => this.#draft.select({ mark: index }) }), what, effect, colour,
      h('button', { type: 'button', className: 'small danger', textContent: '✕', 'aria-label': `Remove ${name}`, onclick: () => this.#draft.remove(index) }));
  }
}
