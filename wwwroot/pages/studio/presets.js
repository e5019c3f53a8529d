import { byId, h } from '../../ui/dom.js';

// Each preset as a small picture: two people before a window, and what becomes of them.
const PERSON = (x, extra = '') => `<circle cx="${x}" cy="26" r="9" fill="#e8b894"/><path d="M${x - 15} 60q0-22 15-22t15 22z" fill="#5b7fd6"/>${extra}`;
const FACE = (x) => `<circle cx="${x - 3}" cy="25" r="1.2"/><circle cx="${x + 3}" cy="25" r="1.2"/><path d="M${x - 3} 30q3 2 6 0" fill="none" stroke="#000" stroke-width="1"/>`;
const CELLS = (x) => [0, 1, 2].flatMap((row) => [0, 1, 2].map((column) =>
  `<rect x="${x - 10.5 + column * 7}" y="${15.5 + row * 7}" width="7" height="7" fill="${['#d9a987', '#b98a6c', '#edc5a6'][(row * 2 + column) % 3]}"/>`)).join('');
const FRAME = (x) => `<rect x="${x - 12}" y="14" width="24" height="24" fill="none" stroke="#39d98a" stroke-width="2.5"/>`;
const BODY = (x) => `<path d="M${x - 16} 60q0-48 16-48t16 48z" fill="#2b2f38"/>`;
const PICTURES = {
  'blur-faces': PERSON(30) + CELLS(30) + PERSON(66) + CELLS(66),
  'overlay-boxes': PERSON(30) + FACE(30) + FRAME(30) + PERSON(66) + FACE(66) + FRAME(66),
  'hide-persons': BODY(30) + BODY(66),
  'hide-all-but': PERSON(30) + FACE(30) + BODY(66),
  'cover-everything': '<rect width="96" height="60" fill="#16181d"/><path d="M38 24h20v12H38z" fill="none" stroke="#8b93a1" stroke-width="2"/>',
};

function draw(id) {
  const room = '<rect width="96" height="60" fill="#cfe0ee"/><rect y="48" width="96" height="12" fill="#a9bccb"/>';
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 60" aria-hidden="true">${room}${PICTURES[id] ?? PERSON(48)}</svg>`;
  return document.adoptNode(new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement);
}

/** Whole policies to choose from, as pictures. */
export class PresetPanel {
  #buttons = new Map();

  constructor(presets, choose) {
    byId('presets').replaceChildren(...presets.map((preset) => {
      const button = h('button', { className: 'preset', type: 'button', title: preset.description, 'aria-pressed': 'false', onclick: () => choose(preset) });
      button.append(draw(preset.id), h('span', { textContent: preset.title }));
      this.#buttons.set(preset.id, button);
      return button;
    }));
  }

  show(policy) {
    for (const [id, button] of this.#buttons) button.setAttribute('aria-pressed', String(policy.preset === id));
  }
}
