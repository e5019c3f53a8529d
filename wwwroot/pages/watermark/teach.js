import { Consent } from '../../ui/consent.js';
import { byId, h } from '../../ui/dom.js';
import { rememberSent } from '../../ui/sent.js';

const MARK = 'watermark';
const CLASSES = { [MARK]: 'A mark', other: 'Something else' };
const WHOLE = { x: 0, y: 0, width: 1, height: 1 };
const FOUND = 128; // of 255: the mask from which a pixel is marked

/** Lets a person send a picture with which the net went wrong, so that the next one learns from it. Nothing goes before they agree. */
export class Teach {
  #client;
  #report;
  #panel = byId('teach');
  /** @type {Consent | null} */
  #consent = null;
  #result = null;
  #asked = new WeakSet();
  #receipts = new WeakMap();

  constructor(client, report) {
    this.#client = client;
    this.#report = report;
    client.correctionTerms().then((terms) => {
      if (!terms.enabled) return;
      this.#consent = new Consent(this.#client, terms, CLASSES);
      this.show(this.#result);
    }, (error) => this.#report(error));
  }

  /** Something is wrong with that result: whoever said so may send its picture. */
  ask(result) {
    this.#asked.add(result);
    this.show(this.#result);
  }

  /** @param {{ before: Blob, mask: Blob | null, confidence: number } | null} result null where there is none */
  show(result) {
    this.#result = result;
    this.#panel.hidden = !result || !this.#consent || !this.#asked.has(result);
    if (!this.#panel.hidden) this.#panel.replaceChildren(...this.#receipts.has(result) ? this.#sent(result) : this.#offer(result));
  }

  #offer(result) {
    const choice = (id, title, order) => h('button', { type: 'button', id, textContent: title, onclick: () => this.#open(result, order) });
    return [
      h('p', { className: 'soft', textContent: 'Send the picture, so that the next net learns from it? You see first what would go.' }),
      h('div', { className: 'controls' },
        ...result.mask ? [choice('teach-none', 'There was no mark…', () => falseFind(result))] : [],
        choice('teach-stayed', 'A mark is still there…', async () => ({ finds: [], drawn: [{ class: MARK, box: { ...WHOLE } }] }))),
    ];
  }

  async #open(result, order) {
    this.#report(null);
    try {
      const said = await order();
      await this.#consent?.open(result.before, () => said, (receipt) => {
        const secret = receipt.withdraw.split('#')[1];
        rememberSent({ id: receipt.id, name: 'A picture with a mark', expires: receipt.expires, secret });
        this.#receipts.set(result, { ...receipt, link: `${location.origin}/withdraw#${secret}` });
        this.show(this.#result);
      });
    } catch (error) {
      this.#report(error);
    }
  }

  #sent(result) {
    const { expires, link } = this.#receipts.get(result);
    const field = h('input', { type: 'text', id: 'teach-link', readOnly: true, value: link, 'aria-label': 'The link to withdraw it', onfocus: () => field.select() });
    return [h('p', { textContent: `Sent. It is kept until ${new Date(expires).toLocaleDateString()}. Keep this link to withdraw it from anywhere:` }), field];
  }
}

/** What the net took for a mark, as a find that is not there. */
async function falseFind({ mask, confidence }) {
  return { finds: [{ model: MARK, class: MARK, score: confidence, box: await boundsOf(mask), said: 'wrong' }], drawn: [] };
}

/** The box round what is white of a mask, in parts of the picture. */
async function boundsOf(mask) {
  const picture = await createImageBitmap(mask);
  const { width, height } = picture;
  const context = new OffscreenCanvas(width, height).getContext('2d');
  context.drawImage(picture, 0, 0);
  picture.close();
  const { data } = context.getImageData(0, 0, width, height);
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (data[4 * (y * width + x)] < FOUND) continue;
      [left, top, right, bottom] = [Math.min(left, x), Math.min(top, y), Math.max(right, x + 1), Math.max(bottom, y + 1)];
    }
  }
  return right > left ? { x: left / width, y: top / height, width: (right - left) / width, height: (bottom - top) / height } : { ...WHOLE };
}
