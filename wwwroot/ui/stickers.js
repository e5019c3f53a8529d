import { h } from './dom.js';

/** The server's stickers as pictures to choose from, and a way to add one. Calls `choose(name)`. */
export function stickerField(api, effect, chosen, choose, failed) {
  const show = () => group.replaceChildren(...effect.stickers.map((name) => sticker(name)), add);
  const sticker = (name) => {
    const picture = h('img', { alt: name, width: 40, height: 40 });
    load(api, name).then((url) => { picture.src = url; }, failed);
    return h('button', {
      type: 'button', title: name, 'aria-pressed': String(name === (chosen ?? effect.stickers[0])),
      onclick: () => { chosen = name; choose(name); show(); },
    }, picture);
  };
  const file = h('input', {
    type: 'file', accept: 'image/*', name: 'sticker-file', 'aria-label': 'Add a sticker: any picture',
    onchange: async () => {
      try {
        const name = await putSticker(api, file.files[0]);
        effect.stickers = [...new Set([...effect.stickers, name])].sort();
        chosen = name;
        choose(name);
        show();
      } catch (error) {
        failed(error);
      }
    },
  });
  const add = h('label', { className: 'add' }, h('span', { textContent: 'Add a picture…' }), file);
  const group = h('div', { className: 'stickers wide', role: 'group', 'aria-label': 'Stickers' });
  show();
  return h('div', { className: 'field' }, h('span', { textContent: 'Sticker' }), group);
}

/** Puts a picture up as a sticker; gives its name. */
export async function putSticker(api, file) {
  const name = nameOf(file);
  await api.request(`api/stickers/${encodeURIComponent(name)}`, { method: 'PUT', headers: { 'Content-Type': 'image/png' }, body: await asSticker(file) });
  pictures.delete(name);
  return name;
}

// A PNG of so many pixels a side is smaller than the server's limit whatever it shows.
const LARGEST = 240;

// A picture cannot send the key that the server may ask for, so it is fetched and shown from memory.
const pictures = new Map();
function load(api, name) {
  if (!pictures.has(name)) {
    const asked = api.request(`api/stickers/${encodeURIComponent(name)}`).then(async (answer) => URL.createObjectURL(await answer.blob()));
    asked.catch(() => pictures.delete(name));
    pictures.set(name, asked);
  }
  return pictures.get(name);
}

/** Any picture that the browser reads, as a PNG of a size that the server takes. */
async function asSticker(file) {
  const picture = await createImageBitmap(file).catch(() => { throw new Error(`${file.name} is no picture that this browser can read.`); });
  const scale = Math.min(1, LARGEST / Math.max(picture.width, picture.height));
  const [width, height] = [picture.width, picture.height].map((side) => Math.max(1, Math.round(side * scale)));
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext('2d').drawImage(picture, 0, 0, width, height);
  picture.close();
  return canvas.convertToBlob({ type: 'image/png' });
}

/** A file's name as the server takes names: letters, digits, '.', '_' and '-'. */
function nameOf(file) {
  const name = file.name.replace(/\.[^.]*$/, '').replaceAll(/[^\w.-]+/g, '-').replace(/^[^a-z0-9]+/i, '').slice(0, 64);
  return name || 'sticker';
}
