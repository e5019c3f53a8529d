/** Which part of a picture is on show: zoom and place, in CSS pixels of the stage. */
export class View {
  #size = { width: 1, height: 1 };
  #stage = { width: 1, height: 1 };
  #scale = 1;
  #x = 0;
  #y = 0;
  #fitted = true;

  get size() { return this.#size; }

  get scale() { return this.#scale; }

  /** Shows the whole of a picture of this size. */
  open(width, height) {
    this.#size = { width, height };
    this.fit();
  }

  /** The stage has another size now. */
  resize(width, height) {
    this.#stage = { width, height };
    if (this.#fitted) this.fit();
    else this.#hold();
  }

  fit() {
    this.#scale = this.#least();
    this.#fitted = true;
    this.#hold();
  }

  /** Makes what is under a point of the stage larger or smaller. */
  zoom(factor, x = this.#stage.width / 2, y = this.#stage.height / 2) {
    const least = this.#least();
    const scale = Math.min(Math.max(this.#scale * factor, least), Math.max(16, least));
    this.#x = x - (x - this.#x) * scale / this.#scale;
    this.#y = y - (y - this.#y) * scale / this.#scale;
    this.#scale = scale;
    this.#fitted = scale <= least;
    this.#hold();
  }

  pan(dx, dy) {
    this.#x += dx;
    this.#y += dy;
    this.#hold();
  }

  /** Brings a box into view. */
  reveal(box) {
    const centre = this.toStage({ x: box.x + box.width / 2, y: box.y + box.height / 2 });
    const inside = centre.x >= 0 && centre.y >= 0 && centre.x <= this.#stage.width && centre.y <= this.#stage.height;
    if (!inside) this.pan(this.#stage.width / 2 - centre.x, this.#stage.height / 2 - centre.y);
  }

  /** A point of the stage as parts of the picture; outside of it, too. */
  toPicture(x, y) {
    return { x: (x - this.#x) / (this.#size.width * this.#scale), y: (y - this.#y) / (this.#size.height * this.#scale) };
  }

  toStage({ x, y }) {
    return { x: this.#x + x * this.#size.width * this.#scale, y: this.#y + y * this.#size.height * this.#scale };
  }

  rectOf(box) {
    return { ...this.toStage(box), width: box.width * this.#size.width * this.#scale, height: box.height * this.#size.height * this.#scale };
  }

  /** Whether something of a rectangle is on the stage. */
  shows({ x, y, width, height }) {
    return x <= this.#stage.width && y <= this.#stage.height && x + width >= 0 && y + height >= 0;
  }

  /** So many CSS pixels in parts of the picture. */
  partsOf(pixels) {
    return { x: pixels / (this.#size.width * this.#scale), y: pixels / (this.#size.height * this.#scale) };
  }

  /** The middle of what is on show, as parts of the picture. */
  get centre() {
    const { x, y } = this.toPicture(this.#stage.width / 2, this.#stage.height / 2);
    return { x: Math.min(1, Math.max(0, x)), y: Math.min(1, Math.max(0, y)) };
  }

  #least() {
    return Math.min(this.#stage.width / this.#size.width, this.#stage.height / this.#size.height) || 1;
  }

  // A picture smaller than the stage stays in its middle, a larger one fills it.
  #hold() {
    const hold = (place, stage, shown) => (shown <= stage ? (stage - shown) / 2 : Math.min(0, Math.max(stage - shown, place)));
    this.#x = hold(this.#x, this.#stage.width, this.#size.width * this.#scale);
    this.#y = hold(this.#y, this.#stage.height, this.#size.height * this.#scale);
  }
}
