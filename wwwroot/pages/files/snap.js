import { byId } from '../../ui/dom.js';

/** Makes of a drawn box, oval or find the outline of what is in it, which the server finds: a step like any other, that is taken back like any other. */
export class Snap {
  #client;
  #report;
  #button = byId('snap');
  #item = null;
  #draft = null;
  #asks = false;

  /** @param {any} client @param {(error: Error | null) => void} report */
  constructor(client, report) {
    this.#client = client;
    this.#report = report;
    this.#button.addEventListener('click', () => this.run());
  }

  open(item, draft) {
    this.#item = item;
    this.#draft = draft;
    this.show();
  }

  show() {
    this.#button.disabled = this.#asks || !this.#box();
    this.#button.textContent = this.#asks ? 'Looking…' : 'Snap to outline';
  }

  async run() {
    const box = this.#box();
    if (!box || this.#asks) return;
    const draft = this.#draft;
    const mark = draft.marks.hide[draft.selected.mark];
    this.#asks = true;
    this.#report(null);
    this.show();
    try {
      const { outline } = await this.#client.outline(this.#item.blob, box);
      if (outline.length === 0) throw new Error('Nothing in it stands out from what is round it. Draw the outline by hand, with the polygon or the brush.');
      const { box: _, ...rest } = mark ?? {};
      const found = outline.map((points) => ({ ...rest, shape: 'polygon', points }));
      if (!mark) draft.exchange(draft.marks.hide.length, 0, found);
      else if (draft.marks.hide.includes(mark)) draft.exchange(draft.marks.hide.indexOf(mark), 1, found);
    } catch (error) {
      this.#report(error);
    } finally {
      this.#asks = false;
      this.show();
    }
  }

  /** The box of what is selected: of a drawn box or oval, or of a find. */
  #box() {
    const selected = this.#draft?.selected;
    return this.#draft?.marks.hide[selected?.mark]?.box ?? this.#draft?.finds[selected?.find]?.box ?? null;
  }
}
