import { byId, h } from '../../ui/dom.js';
import { CLASSES, USUAL } from './classes.js';
import { Draft, isSame } from './draft.js';
import { DrawnPanel, SHAPES } from './drawn.js';
import { FoundPanel } from './found.js';
import { Keys } from './keys.js';
import { Pen } from './pen.js';
import { Snap } from './snap.js';
import { Stage } from './stage.js';

const TOOLS = { move: 'Select', ...SHAPES };
const STEPS = {
  looking: 'Looking at the picture…', hiding: 'Hiding…', waiting: 'The server is busy with other pictures…',
  unreachable: 'The server does not answer; trying again…',
};

/** The picture that is open, with everything that is done to it by hand. */
export class Bench {
  #items;
  #work;
  #choice;
  #stage;
  #pen;
  #keys;
  #found;
  #drawn;
  #snap;
  #drafts = new WeakMap();
  #item = null;
  #after = null;
  #applied = { hide: [], keep: [] };
  #tools = new Map();

  constructor(items, work, choice, effects, client, report) {
    this.#items = items;
    this.#work = work;
    this.#choice = choice;
    const lines = byId('lines');
    this.#stage = new Stage(byId('pixels'), lines);
    this.#stage.isWanted = (find) => choice.hides(find);
    this.#stage.isApplied = (mark) => this.#applied.hide.includes(mark);
    this.#stage.isKeptApplied = (find) => this.#applied.keep.some((keep) => isSame(keep, find));
    this.#pen = new Pen(lines, this.#stage);
    this.#found = new FoundPanel(choice);
    this.#drawn = new DrawnPanel(effects);
    this.#snap = new Snap(client, report);
    this.#keys = new Keys(this.#stage, this.#pen, lines, {
      tool: (name) => this.#choose(name), undo: () => this.#draft?.undo(), redo: () => this.#draft?.redo(),
      compare: () => this.#split(this.#stage.split > 0 ? 0 : 1), page: (step) => this.#page(step), tell: () => this.#tell(),
      snap: () => { this.#snap.run(); },
    });
    this.#listen();
  }

  get #draft() { return this.#item && this.#drafts.get(this.#item); }

  /** Shows what is new about the open picture, or another one. */
  show() {
    const item = this.#items.open?.kind === 'film' ? null : this.#items.open;
    if (item !== this.#item) this.#open(item);
    if (!item) return;
    if (item.finds && this.#draft.finds !== item.finds) this.#draft.showFinds(item.finds);
    if (item.result && this.#after !== item.result) this.#showResult(item);
    const current = this.#work.isCurrent(item);
    const waits = item.state === 'queued' ? (this.#work.paused ? 'Paused.' : 'Waiting for its turn…') : STEPS[item.step] ?? '';
    byId('over').textContent = item.state === 'failed' ? '' : current ? this.#refused(item) : waits;
    byId('failed').hidden = item.state !== 'failed';
    byId('failed-words').textContent = item.problem ?? '';
    byId('again').hidden = !item.retry;
    this.#found.show();
    this.#stage.redrawLines();
  }

  /** What the server did not do of what was asked. */
  #refused(item) {
    const stands = item.marks?.keep.filter((keep) => item.finds?.some((find) => isSame(keep, find) && this.#choice.hides(find))).length ?? 0;
    return item.kept < stands ? `${stands - item.kept} stay hidden: whoever runs this server wants them hidden.` : '';
  }

  async #open(item) {
    this.#item = item;
    this.#after = null;
    this.#applied = { hide: [], keep: [] };
    this.#stage.open(null, null);
    if (!item) return;
    if (!this.#drafts.has(item)) this.#drafts.set(item, this.#draftOf(item));
    const draft = this.#draft;
    this.#pen.open(draft);
    this.#keys.open(draft);
    this.#found.open(draft, null);
    this.#drawn.open(draft);
    this.#snap.open(item, draft);
    this.#showSteps();
    let picture;
    try {
      picture = await createImageBitmap(item.blob);
    } catch {
      if (item.retry) this.#items.set(item, { state: 'failed', retry: false, problem: 'The browser cannot read this picture: the file is broken, or is no picture.' });
      return;
    }
    if (this.#item !== item) {
      picture.close();
      return;
    }
    this.#stage.open(picture, draft);
    this.#found.open(draft, picture);
    this.show();
  }

  #draftOf(item) {
    const draft = new Draft(item.marks);
    draft.listen((changed) => {
      if (changed) {
        this.#work.changed();
        this.#items.set(item, { marks: draft.marks, state: item.state === 'done' ? 'queued' : item.state });
      }
      if (item !== this.#item) return;
      this.#showSteps();
      this.#found.show();
      this.#drawn.show();
      this.#snap.show();
      this.#stage.redrawLines();
      if (changed) this.#tell();
    });
    return draft;
  }

  async #showResult(item) {
    this.#after = item.result;
    const after = await createImageBitmap(item.result);
    if (this.#item !== item || this.#after !== item.result) return;
    const [, marks] = JSON.parse(item.resultFor);
    // Shapes are told apart by what they are: those that came back from the shelf are other objects.
    const among = (all) => new Set((all ?? []).map((one) => JSON.stringify(one)));
    const [hide, keep] = [among(marks?.hide), among(marks?.keep)];
    this.#applied = { hide: this.#draft.marks.hide.filter((one) => hide.has(JSON.stringify(one))), keep: this.#draft.marks.keep.filter((one) => keep.has(JSON.stringify(one))) };
    this.#stage.showAfter(after);
  }

  #showSteps() {
    byId('undo').disabled = !this.#draft?.canUndo;
    byId('redo').disabled = !this.#draft?.canRedo;
  }

  /** Says to a screen reader what is selected and how much is hidden. */
  #tell() {
    const { selected, finds, marks } = this.#draft;
    const find = finds[selected?.find];
    const mark = marks.hide[selected?.mark];
    const state = find && (this.#draft.isKept(find) ? 'shown' : this.#choice.hides(find) ? 'hidden' : 'not hidden by a rule');
    const what = find ? `${find.class} ${selected.find + 1} of ${finds.length}, ${state}. `
      : mark ? `${SHAPES[mark.shape]} ${selected.mark + 1} of ${marks.hide.length}, ${CLASSES[mark.class ?? USUAL] ?? mark.class}. ` : '';
    byId('said').textContent = `${what}${marks.hide.length} drawn, ${marks.keep.length} shown.`;
  }

  #choose(tool) {
    this.#pen.drop();
    this.#pen.tool = tool;
    for (const [name, button] of this.#tools) button.setAttribute('aria-pressed', String(name === tool));
    byId('brush-field').hidden = tool !== 'brush';
    byId('lines').dataset.tool = tool;
  }

  #split(part) {
    this.#stage.split = part;
    byId('split').value = part * 100;
  }

  #page(step) {
    const { all, open } = this.#items;
    const next = all[all.indexOf(open) + step];
    if (next) this.#items.show(next);
  }

  #listen() {
    byId('tools').replaceChildren(...Object.entries(TOOLS).map(([name, title]) => {
      const button = h('button', { type: 'button', textContent: title, 'aria-pressed': 'false', dataset: { tool: name }, onclick: () => this.#choose(name) });
      this.#tools.set(name, button);
      return button;
    }));
    this.#choose('ellipse');
    byId('undo').addEventListener('click', () => this.#draft?.undo());
    byId('redo').addEventListener('click', () => this.#draft?.redo());
    const zoom = (change) => () => { change(this.#stage.view); this.#stage.redraw(); };
    byId('smaller').addEventListener('click', zoom((view) => view.zoom(1 / 1.25)));
    byId('larger').addEventListener('click', zoom((view) => view.zoom(1.25)));
    byId('fit').addEventListener('click', zoom((view) => view.fit()));
    byId('split').addEventListener('input', () => { this.#stage.split = byId('split').value / 100; });
    byId('brush').addEventListener('input', () => { this.#pen.brushWidth = byId('brush').value / 100; });
    byId('outlines').addEventListener('click', () => {
      this.#stage.outlines = !this.#stage.outlines;
      byId('outlines').setAttribute('aria-pressed', String(this.#stage.outlines));
      this.#stage.redrawLines();
    });
  }
}
