import { LINES, drawMarks, wordsOfMarks } from './boxes.js';
import { h } from './dom.js';

const SAID = { right: 'it is there', shown: 'it is there, I show it', wrong: 'there is nothing' };
const MOST_ROWS = 100;
const QUALITY = 0.95;

/** Shows what would be sent of a picture's corrections, and sends it when the person says so. */
export class Consent {
  #client;
  #terms;
  #classes;
  #dialog = /** @type {any} */ (h('dialog', { className: 'sheet', 'aria-labelledby': 'consent-title' }));
  #canvas = h('canvas', { className: 'consent-picture', role: 'img' });
  #send = h('button', { type: 'submit', className: 'primary' });
  #problem = h('p', { className: 'notice', role: 'alert' });
  #facts = h('p', { className: 'soft' });
  #picture = null;
  #pixels = null;
  #order = { finds: [], drawn: [] };
  #done = null;

  /** `classes`: what something that was drawn can be, by name, with its title. */
  constructor(client, terms, classes) {
    this.#classes = classes;
    this.#client = client;
    this.#terms = terms;
    document.body.append(this.#dialog);
    this.#dialog.addEventListener('close', () => this.#close());
  }

  /** Opens for a picture; `orderOf(size)` is what is said of it, and `done(receipt)` is called once it was sent. */
  async open(blob, orderOf, done) {
    this.#done = done;
    this.#problem.textContent = '';
    this.#pixels = await pixelsOf(blob);
    // What is shown is what would be sent, read back from it.
    this.#picture = await createImageBitmap(this.#pixels);
    this.#order = orderOf(this.#picture);
    this.#dialog.replaceChildren(this.#form());
    this.#show();
    this.#dialog.showModal();
  }

  #form() {
    const days = this.#terms.keepDays;
    this.#send.textContent = `Send, and keep for ${days} days`;
    return h('form', { method: 'dialog', onsubmit: (event) => { event.preventDefault(); this.#submit(); } },
      h('h2', { id: 'consent-title', textContent: 'This is what would be sent' }),
      this.#canvas,
      h('ul', { className: 'legend' }, Object.entries(LINES).map(([said, { title }]) => h('li', { className: `line-${said}`, textContent: title }))),
      this.#facts,
      h('p', { textContent: `Whoever runs this server, and may see pictures as they are, will see this one with everybody in it, not hidden, and may train models with it. `
        + `It is deleted after ${days} days, or at once when you say so by the link that you get. Send it only if those who are in it would agree.` }),
      this.#rows(),
      this.#problem,
      h('div', { className: 'sheet-end' }, h('button', { type: 'button', textContent: 'Cancel', onclick: () => this.#dialog.close() }), this.#send));
  }

  #rows() {
    const { finds, drawn } = this.#order;
    const choose = (label, options, value, change) => {
      const select = h('select', { 'aria-label': label, onchange: () => { change(select.value); this.#show(); } },
        Object.entries(options).map(([id, title]) => h('option', { value: id, textContent: title, selected: id === value })));
      return h('li', {}, h('span', { textContent: label }), select);
    };
    const rows = [
      ...drawn.map((one, index) => choose(`Drawn ${index + 1}`, this.#classes, one.class, (value) => { one.class = value; })),
      ...finds.slice(0, MOST_ROWS).map((one, index) => choose(
        `${one.class} ${index + 1}, ${Math.round(one.score * 100)} % sure`, SAID, one.said, (value) => { one.said = value; })),
    ];
    return rows.length > 0 && h('ul', { className: 'consent-rows' }, rows);
  }

  #show() {
    drawMarks(this.#canvas, this.#picture, this.#order.finds, this.#order.drawn);
    this.#canvas.setAttribute('aria-label', `The picture that would be sent: ${wordsOfMarks(this.#order.finds, this.#order.drawn)}.`);
    const sendable = corrects(this.#order);
    this.#send.disabled = !sendable;
    const size = `${this.#picture.width} × ${this.#picture.height} pixels, ${Math.ceil(this.#pixels.size / 1024)} kB`;
    this.#facts.textContent = sendable
      ? `The picture (${size}) and these boxes: ${wordsOfMarks(this.#order.finds, this.#order.drawn)}. Nothing else: no name of the file, no place, no date.`
      : 'Nothing is corrected yet. Draw what was missed, or say below what is not there.';
  }

  async #submit() {
    this.#send.disabled = true;
    this.#problem.textContent = '';
    try {
      const receipt = await this.#client.sendCorrection(this.#pixels, { keepDays: this.#terms.keepDays, ...this.#order });
      this.#done?.(receipt);
      this.#dialog.close();
    } catch (error) {
      this.#problem.textContent = error.message;
      this.#send.disabled = false;
    }
  }

  #close() {
    this.#picture?.close();
    this.#picture = this.#pixels = this.#done = null;
    this.#dialog.replaceChildren();
  }
}

const corrects = ({ finds, drawn }) => drawn.length > 0 || finds.some((find) => find.said !== 'right');

/** The pixels of a picture as a new JPEG: no position, no date, no name goes with them. */
async function pixelsOf(blob) {
  const picture = await createImageBitmap(blob);
  const canvas = new OffscreenCanvas(picture.width, picture.height);
  const context = canvas.getContext('2d');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(picture, 0, 0);
  picture.close();
  return canvas.convertToBlob({ type: 'image/jpeg', quality: QUALITY });
}
