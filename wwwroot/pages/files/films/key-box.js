const STEP = 0.01;
const LEAP = 0.05;
const LEAST = 6;
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** A box that keys put on a picture, in its pixels: it begins in the middle; arrows move it (Shift: further), with Alt they resize it. */
export class KeyBox {
  #width;
  #height;
  #at;

  constructor({ width, height }) {
    this.#width = width;
    this.#height = height;
    const side = Math.min(width, height) / 4;
    this.#at = { x: (width - side) / 2, y: (height - side) / 2, width: side, height: side };
  }

  /** Left, top, right and bottom. */
  get edges() {
    const { x, y, width, height } = this.#at;
    return [x, y, x + width, y + height];
  }

  /** True when the key meant something. */
  press({ key, shiftKey, altKey }) {
    if (!ARROWS[key]) return false;
    const by = shiftKey ? LEAP : STEP;
    const [dx, dy] = [ARROWS[key][0] * by * this.#width, ARROWS[key][1] * by * this.#height];
    const at = this.#at;
    const hold = (value, least, most) => Math.min(most, Math.max(least, value));
    if (altKey) {
      at.width = hold(at.width + dx, LEAST, this.#width - at.x);
      at.height = hold(at.height + dy, LEAST, this.#height - at.y);
    } else {
      at.x = hold(at.x + dx, 0, this.#width - at.width);
      at.y = hold(at.y + dy, 0, this.#height - at.height);
    }
    return true;
  }
}
