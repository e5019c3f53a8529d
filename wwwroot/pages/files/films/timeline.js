import { h } from '../../../ui/dom.js';

/** A row for each track of a film: what it shows, when, how much it is in doubt, and whether it is hidden. */
export class Timeline {
  #job = null;
  #pictures = 1;
  #rows = new Map();
  #drawn = new Map();
  // A thumbnail is asked for once its row comes into sight.
  #seen = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      this.#seen.unobserve(target);
      this.#drawSmall(target, this.#drawn.get(target));
    }
  }, { rootMargin: '200px' });
  #list = h('ol', { className: 'tracks' });
  #now = h('div', { className: 'now', 'aria-hidden': 'true' });
  /** @type {(track: any) => void} */
  onselect = () => {};
  /** @type {(track: any) => void} */
  onswitch = () => {};

  constructor() {
    this.element = h('div', { className: 'timeline', role: 'group' }, this.#now, this.#list);
  }

  open(job, pictures, isStill = false) {
    this.element.setAttribute('aria-label', isStill ? 'Finds' : 'Tracks');
    if (this.#job !== job) {
      this.#rows.clear();
      this.#drawn.clear();
      this.#seen.disconnect();
    }
    this.#job = job;
    this.#pictures = Math.max(1, pictures);
  }

  /** Shows tracks in this order; a track that was cut in two is one row. */
  show(tracks, selected) {
    const ids = [...new Set(tracks.map((track) => track.id))];
    for (const id of this.#rows.keys()) if (!ids.includes(id)) this.#rows.delete(id);
    const parts = Map.groupBy(tracks, (track) => track.id);
    const rows = ids.map((id) => this.#rowOf(id, parts.get(id), id === selected));
    if (rows.length !== this.#list.childElementCount || rows.some((row, index) => this.#list.children[index] !== row)) this.#list.replaceChildren(...rows);
  }

  /** The picture that is on show. */
  mark(number) {
    this.#now.style.setProperty('--at', String(number / this.#pictures));
  }

  reveal(id) {
    this.#rows.get(id)?.scrollIntoView({ block: 'nearest' });
  }

  #rowOf(id, parts, isSelected) {
    const [track] = parts;
    const row = this.#rows.get(id) ?? this.#newRow(id);
    this.#rows.set(id, row);
    row.classList.toggle('selected', isSelected);
    // Only what is new about a track is written.
    const key = JSON.stringify([this.#pictures, parts.map(({ first, last, kept, doubt }) => [first, last, kept, doubt])]);
    if (row.dataset.shown === key) return row;
    row.dataset.shown = key;
    row.classList.toggle('kept', track.kept);
    const name = `${track.class} ${id}`;
    const doubt = Math.round(track.doubt * 100);
    row.querySelector('.name').textContent = `${name} `;
    row.querySelector('.doubt').textContent = `doubt ${doubt} %`;
    row.querySelector('.look').title = `pictures ${track.first} to ${parts.at(-1).last}`;
    row.querySelector('.look').onclick = () => this.onselect(track);
    const control = row.querySelector('.switch');
    control.textContent = track.kept ? 'Shown' : 'Hidden';
    control.classList.toggle('shown', track.kept);
    control.setAttribute('aria-label', `${track.kept ? 'Shown' : 'Hidden'}: ${name}`);
    control.onclick = () => this.onswitch(track);
    row.querySelector('.spans').replaceChildren(...parts.map((part) => {
      const span = h('span', { className: 'span' });
      span.style.left = `${100 * part.first / this.#pictures}%`;
      span.style.width = `${Math.max(0.4, 100 * (part.last - part.first + 1) / this.#pictures)}%`;
      return span;
    }));
    return row;
  }

  #newRow(id) {
    const small = h('canvas', { width: 40, height: 40, className: 'small-picture', 'aria-hidden': 'true' });
    this.#drawn.set(small, id);
    this.#seen.observe(small);
    return h('li', {},
      h('button', { type: 'button', className: 'look' }, small, h('span', { className: 'name' }), h('span', { className: 'doubt soft' })),
      h('div', { className: 'spans' }), h('button', { type: 'button', className: 'switch small-text' }));
  }

  // Thumbnails show people as they are: who may not review has none.
  async #drawSmall(canvas, id) {
    try {
      const picture = await createImageBitmap(await this.#job.thumbnail(id));
      const side = Math.min(picture.width, picture.height);
      canvas.getContext('2d').drawImage(picture, (picture.width - side) / 2, (picture.height - side) / 2, side, side, 0, 0, 40, 40);
    } catch {
      canvas.hidden = true;
    }
  }
}
