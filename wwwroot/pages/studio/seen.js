import { byId, h } from '../../ui/dom.js';
import { newRule } from '../../ui/rules.js';

const INTERVAL_MS = 250;
const SIDE = 44;
// A picture shows a little of what is round the thing.
const ROOM = 1.3;

/**
 * What the server sees now: counts by class, and each object with a small picture and buttons to hide or mark just that one. The
 * pictures are drawn here, from one's own camera or else from what others see: the server sends none.
 */
export class SeenPanel {
  #list = byId('seen');
  #counts = byId('seen-counts');
  #rows = new Map();
  #defaults;
  #update;
  #policy = { rules: [] };
  #last = 0;
  #video;

  /** @param {any} defaults @param {(change: (policy: any) => void) => void} update @param {() => HTMLVideoElement} video */
  constructor(defaults, update, video) {
    this.#defaults = defaults;
    this.#update = update;
    this.#video = video;
  }

  show(policy) {
    this.#policy = policy;
    for (const row of this.#rows.values()) this.#press(row);
  }

  /** Boxes are parts of the picture that `video` shows. */
  push({ objects }) {
    const now = performance.now();
    if (now - this.#last < INTERVAL_MS) return;
    this.#last = now;
    const counts = new Map();
    for (const { class: name } of objects) counts.set(name, (counts.get(name) ?? 0) + 1);
    this.#counts.textContent = [...counts].map(([name, count]) => `${count} × ${name}`).join(', ') || 'nothing';
    const here = new Set(objects.map(({ track }) => track));
    for (const [track, row] of this.#rows) if (!here.has(track)) {
      row.item.remove();
      this.#rows.delete(track);
    }
    for (const object of objects) if (!this.#rows.has(object.track)) this.#add(object);
    this.#draw(objects);
  }

  clear() {
    this.#rows.clear();
    this.#list.replaceChildren();
    this.#counts.textContent = '';
  }

  #add({ track, model, class: name }) {
    const button = (text, effect) => h('button', {
      type: 'button', textContent: text, 'aria-label': `${text} ${name} ${track}`, 'aria-pressed': 'false',
      onclick: () => this.#toggle(track, model, effect),
    });
    const row = { track, hide: button('Hide', 'blur'), mark: button('Mark', 'box') };
    row.small = h('canvas', { width: SIDE, height: SIDE, className: 'small-picture', role: 'img', 'aria-label': `${name} #${track}`, title: `${name} #${track}` });
    row.item = h('li', {}, row.small, row.hide, row.mark);
    this.#rows.set(track, row);
    this.#list.append(row.item);
    this.#press(row);
  }

  #draw(objects) {
    const video = this.#video();
    if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return;
    for (const { track, box } of objects) {
      const small = this.#rows.get(track)?.small;
      const [x, y] = [(box.x + box.width / 2) * video.videoWidth, (box.y + box.height / 2) * video.videoHeight];
      const side = ROOM * Math.max(box.width * video.videoWidth, box.height * video.videoHeight);
      const context = small?.getContext('2d');
      context?.clearRect(0, 0, SIDE, SIDE);
      context?.drawImage(video, x - side / 2, y - side / 2, side, side, 0, 0, SIDE, SIDE);
    }
  }

  #press({ track, hide, mark }) {
    hide.setAttribute('aria-pressed', String(this.#find(this.#policy, track, false) >= 0));
    mark.setAttribute('aria-pressed', String(this.#find(this.#policy, track, true) >= 0));
  }

  #find(policy, track, marks) {
    return policy.rules.findIndex(({ when, how }) =>
      when.trackIds?.length === 1 && when.trackIds[0] === track && (how.effect === 'box') === marks);
  }

  #toggle(track, model, effect) {
    this.#update((policy) => {
      const index = this.#find(policy, track, effect === 'box');
      if (index >= 0) {
        policy.rules.splice(index, 1);
        return;
      }
      const rule = newRule(model, effect === 'box' ? { effect, label: true, color: '#39d98a' } : { ...this.#defaults.how, effect });
      rule.when.trackIds = [track];
      policy.rules.push(rule);
    });
  }
}
