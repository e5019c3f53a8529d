import { debounce } from '../../ui/dom.js';

// Settings are parts of the picture's size, so a small picture shows what the whole will be.
const LONGEST_SIDE = 1000;

/** The mark on a small copy of the picture while it is chosen; the server draws it, as it will on the whole. */
export class Preview {
  #client;
  #stage;
  #report;
  /** @type {Blob | null} */
  #picture = null;
  /** @type {Promise<Blob> | null} */
  #small = null;
  /** @type {AbortController | null} */
  #under = null;
  #later = debounce((settings) => this.#draw(settings), 200);

  constructor(client, stage, report) {
    this.#client = client;
    this.#stage = stage;
    this.#report = report;
  }

  /** @param {Blob} picture */
  open(picture) {
    this.#under?.abort();
    this.#picture = picture;
    this.#small = shrunk(picture);
    // Whoever draws it hears of what went wrong.
    this.#small.catch(() => {});
  }

  /** Draws it once things are quiet. */
  change(settings) {
    if (this.#picture) this.#later(settings);
  }

  /** Draws it now. */
  show(settings) {
    if (this.#picture) this.#draw(settings);
  }

  /** The picture itself with its mark. */
  async whole(settings) {
    if (!this.#picture || !settings) return null;
    this.#stage.words = 'Marking the picture…';
    try {
      return await this.#client.watermark(this.#picture, settings);
    } finally {
      this.#stage.words = '';
    }
  }

  async #draw(settings) {
    this.#under?.abort();
    const under = this.#under = new AbortController();
    const download = /** @type {HTMLButtonElement} */ (document.getElementById('download'));
    download.disabled = true;
    if (!settings) {
      this.#stage.showBefore();
      return;
    }
    this.#stage.words = 'Drawing…';
    try {
      const small = await this.#small;
      const drawn = await this.#client.watermark(small, { ...settings, signal: under.signal });
      if (under !== this.#under || under.signal.aborted) return;
      this.#report(null);
      this.#stage.showAfter(drawn);
      download.disabled = false;
      this.#stage.words = '';
    } catch (error) {
      if (under !== this.#under || under.signal.aborted) return;
      this.#stage.words = '';
      this.#report(error);
    }
  }

  /** Somebody looks at something else. */
  stop() {
    this.#under?.abort();
    this.#under = null;
  }
}

/** A copy whose longer side is no longer than the preview's. */
async function shrunk(picture) {
  const bitmap = await createImageBitmap(picture).catch(() => { throw new Error('This browser cannot read the picture.'); });
  const scale = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [bitmap.width, bitmap.height].map((side) => Math.max(1, Math.round(side * scale)));
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('This browser cannot draw the picture.'))), 'image/png');
  });
}
