/** What a person has said about one picture: what is drawn, what is kept, what is selected; with every step to take back. */
export class Draft {
  #marks;
  #past = [];
  #future = [];
  #finds = [];
  #listeners = [];
  #kept = { marks: null, keys: new Set() };
  selected = null;

  /** @param {{ hide: any[], keep: any[] } | null} marks */
  constructor(marks) {
    this.#marks = marks ?? { hide: [], keep: [] };
  }

  get marks() { return this.#marks; }

  get finds() { return this.#finds; }

  get canUndo() { return this.#past.length > 0; }

  get canRedo() { return this.#future.length > 0; }

  /** `listener(changed)` is told of each change: of the marks, or only of what is selected. */
  listen(listener) {
    this.#listeners.push(listener);
  }

  showFinds(finds) {
    this.#finds = finds;
    this.#tell(false);
  }

  /** Selects a drawn shape (`{ mark }`) or a find (`{ find }`) by its index; null selects nothing. */
  select(what) {
    this.selected = what;
    this.#tell(false);
  }

  /** The next of all that can be selected, or the one before. */
  selectNext(step) {
    const all = [...this.#finds.map((_, find) => ({ find })), ...this.#marks.hide.map((_, mark) => ({ mark }))];
    if (all.length === 0) return;
    const now = all.findIndex((one) => one.find === this.selected?.find && one.mark === this.selected?.mark);
    this.select(all[(now + step + all.length + (now < 0 && step < 0 ? 1 : 0)) % all.length]);
  }

  add(mark) {
    this.#change({ ...this.#marks, hide: [...this.#marks.hide, mark] });
    this.select({ mark: this.#marks.hide.length - 1 });
  }

  replace(index, mark) {
    this.#change({ ...this.#marks, hide: this.#marks.hide.with(index, mark) });
  }

  /** Puts marks in the place of so many, in one step. */
  exchange(index, count, marks) {
    this.#change({ ...this.#marks, hide: this.#marks.hide.toSpliced(index, count, ...marks) });
    this.select({ mark: index });
  }

  remove(index) {
    this.selected = null;
    this.#change({ ...this.#marks, hide: this.#marks.hide.toSpliced(index, 1) });
  }

  isKept(find) {
    const { keep } = this.#marks;
    if (keep.length === 0) return false;
    if (this.#kept.marks !== this.#marks) this.#kept = { marks: this.#marks, keys: new Set(keep.map(keyOf)) };
    return this.#kept.keys.has(keyOf(find));
  }

  /** Shows finds, or hides them again, in one step. */
  keep(finds, kept) {
    const rest = this.#marks.keep.filter((keep) => !finds.some((find) => isSame(keep, find)));
    const added = kept ? finds.map(({ model, box }) => ({ model, box })) : [];
    this.#change({ ...this.#marks, keep: [...rest, ...added] });
  }

  undo() {
    this.#step(this.#past, this.#future);
  }

  redo() {
    this.#step(this.#future, this.#past);
  }

  #step(from, to) {
    if (from.length === 0) return;
    to.push(this.#marks);
    this.#marks = from.pop();
    this.selected = null;
    this.#tell(true);
  }

  #change(marks) {
    this.#past.push(this.#marks);
    this.#future.length = 0;
    this.#marks = marks;
    this.#tell(true);
  }

  #tell(changed) {
    for (const listener of this.#listeners) listener(changed);
  }
}

const SIDES = ['x', 'y', 'width', 'height'];
const keyOf = ({ model, box }) => `${model} ${SIDES.map((side) => box[side].toFixed(6)).join(' ')}`;
export const isSame = (keep, find) => keep.model === find.model && SIDES.every((side) => Math.abs(keep.box[side] - find.box[side]) < 1e-6);
