import { byId, h, toggle } from '../../ui/dom.js';
import { boxOf } from './geometry.js';

/** Zones that are always hidden: drawn on the picture by dragging, or set by numbers. */
export class ZonesPanel {
  #list = byId('zones');
  #overlay;
  #update;
  #zones = [];
  #drag = null;

  constructor(overlay, update) {
    this.#overlay = overlay;
    this.#update = update;
    const picture = byId('picture');
    const canvas = byId('overlay');
    const setDrawing = toggle(byId('draw-zone'), (on) => picture.classList.toggle('drawing', on));
    byId('add-zone').addEventListener('click', () => this.#add({ x: 0.35, y: 0.35, width: 0.3, height: 0.3 }));

    canvas.addEventListener('pointerdown', (event) => {
      if (!picture.classList.contains('drawing')) return;
      canvas.setPointerCapture(event.pointerId);
      const start = overlay.toPicture(event.offsetX, event.offsetY);
      this.#drag = { start, box: boxOf(start, start) };
    });
    canvas.addEventListener('pointermove', (event) => {
      if (!this.#drag) return;
      this.#drag.box = boxOf(this.#drag.start, overlay.toPicture(event.offsetX, event.offsetY));
      overlay.draw();
    });
    canvas.addEventListener('pointerup', () => {
      const box = this.#drag?.box;
      this.#drag = null;
      if (!box) return;
      setDrawing(false);
      if (box.width > 0.01 && box.height > 0.01) this.#add(box);
      else overlay.draw();
    });
    canvas.addEventListener('pointercancel', () => { this.#drag = null; overlay.draw(); });
    overlay.addLayer((context, toCanvas) => this.#paint(context, toCanvas));
  }

  show(policy) {
    this.#zones = policy.zones;
    if (!this.#list.contains(document.activeElement)) this.#list.replaceChildren(...this.#zones.map((zone, index) => this.#row(zone, index)));
    this.#overlay.draw();
  }

  #add(box) {
    this.#update((policy) => { policy.zones.push({ shape: 'rectangle', box }); });
  }

  #row(zone, index) {
    const name = `Zone ${index + 1}`;
    const numbers = zone.box && ['x', 'y', 'width', 'height'].map((side) => {
      const input = h('input', {
        type: 'number', min: 0, max: 100, step: 1, value: Math.round(zone.box[side] * 100), 'aria-label': `${name}: ${side} in percent`,
        onchange: () => this.#update((policy) => {
          const box = { ...policy.zones[index].box, [side]: Math.min(1, Math.max(0, Number(input.value) / 100)) };
          box.width = Math.max(0.01, Math.min(box.width, 1 - box.x));
          box.height = Math.max(0.01, Math.min(box.height, 1 - box.y));
          policy.zones[index].box = box;
        }),
      });
      return input;
    });
    const remove = h('button', {
      type: 'button', className: 'small danger', textContent: '✕', 'aria-label': `Remove ${name}`,
      onclick: () => { /** @type {HTMLElement | null} */ (document.activeElement)?.blur(); this.#update((policy) => { policy.zones.splice(index, 1); }); },
    });
    return h('li', {}, h('span', { textContent: name }), numbers, remove);
  }

  #paint(context, toCanvas) {
    context.lineWidth = 2;
    context.setLineDash([6, 4]);
    context.strokeStyle = '#ff6b5e';
    for (const zone of this.#zones) if (zone.box) {
      const box = toCanvas(zone.box);
      context.strokeRect(box.x, box.y, box.width, box.height);
    }
    if (this.#drag) {
      const box = toCanvas(this.#drag.box);
      context.fillStyle = 'rgb(255 107 94 / 0.25)';
      context.fillRect(box.x, box.y, box.width, box.height);
      context.strokeRect(box.x, box.y, box.width, box.height);
    }
    context.setLineDash([]);
  }
}
