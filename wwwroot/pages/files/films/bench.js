import { byId, h } from '../../../ui/dom.js';
import { Review } from './review.js';
import { partOf, wordsOf } from './words.js';

const ENDS = {
  'video/webm': 'webm', 'video/x-matroska': 'mkv', 'image/gif': 'gif', 'image/apng': 'apng', 'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp',
};

/** The film that is open, or the picture that is reviewed as one: how far it is, what came out, and its review. */
export class FilmBench {
  #films;
  #save;
  #place = byId('film');
  #title = h('h2');
  #words = h('p', { role: 'status' });
  #bar = h('progress', { max: 1, 'aria-label': 'How far it is' });
  #problem = h('p', { className: 'notice', role: 'alert' });
  #buttons = h('div', { className: 'controls' });
  #review = null;
  #reviewing = new WeakSet();
  #shown = '';

  /** `save(blob, name)` hands a file to the user. */
  constructor(films, save) {
    this.#films = films;
    this.#save = save;
    this.#place.replaceChildren(h('div', { className: 'panel film-head' }, this.#title, this.#words, this.#bar, this.#problem, this.#buttons));
  }

  /** The picture of the film under review that is on show; null where no review is open. */
  get shown() { return this.#review && !this.#review.element.hidden ? this.#review.shown : null; }

  show(item) {
    const job = item?.job;
    const isFilm = item?.kind === 'film';
    this.#place.hidden = !isFilm;
    if (!isFilm) return;
    this.#title.textContent = item.name;
    this.#words.textContent = job ? wordsOf(job) : item.words ?? '';
    const part = job ? partOf(job) : null;
    const works = !job || ['uploading', 'queued', 'running'].includes(job.state);
    this.#bar.hidden = !works || !job;
    if (part === null) this.#bar.removeAttribute('value');
    else this.#bar.value = part;
    this.#problem.textContent = this.#films.needsFile(item) ? 'The page was closed before the film was uploaded. Add the same film again to go on.' : item.problem ?? '';
    // What waits for its review is open to it.
    if (job?.state === 'review') this.#reviewing.add(item);
    const key = JSON.stringify([item.id, job?.state, job?.edits, job?.written, this.#reviewing.has(item)]);
    if (key === this.#shown) return;
    this.#shown = key;
    this.#buttons.replaceChildren(...(job ? this.#controls(item, job) : []));
    this.#buttons.hidden = this.#buttons.childElementCount === 0;
    this.#showReview(item, job);
  }

  #controls(item, job) {
    const button = (title, action, className = '') => h('button', { type: 'button', textContent: title, className, onclick: action });
    const hasBoxes = job.film && ['review', 'done', 'failed'].includes(job.state);
    return [
      job.state === 'done' && button('Download', () => this.#download(item), 'primary'),
      hasBoxes && !this.#reviewing.has(item) && button('Review and correct', () => this.#startReview(item)),
      ['queued', 'running'].includes(job.state) && button('Pause', () => this.#films.ask(item, (one) => one.pause())),
      job.state === 'paused' && button('Go on', () => this.#films.ask(item, (one) => one.resume())),
      job.state === 'done' && button('Report', () => this.#report(item, 'html')),
      job.state === 'done' && button('Report as PDF', () => this.#report(item, 'pdf')),
    ].filter(Boolean);
  }

  #startReview(item) {
    this.#reviewing.add(item);
    this.show(item);
    // The button that had the focus is gone.
    this.#review?.focus();
  }

  #showReview(item, job) {
    const on = this.#reviewing.has(item) && job?.film && ['review', 'done', 'failed'].includes(job.state);
    if (on) {
      this.#review ??= new Review(this.#films);
      if (!this.#review.element.isConnected) this.#place.append(this.#review.element);
      this.#review.open(item);
    }
    if (this.#review) this.#review.element.hidden = !on;
  }

  async #download(item) {
    try {
      const file = await this.#films.jobOf(item).result();
      this.#save(file, `${item.name.replace(/\.[^.]*$/, '')}.redacted.${ENDS[file.type] ?? 'mp4'}`);
    } catch (error) {
      this.#problem.textContent = error.message;
    }
  }

  async #report(item, kind) {
    try {
      this.#save(await this.#films.jobOf(item).report(kind), `${item.name.replace(/\.[^.]*$/, '')}.report.${kind}`);
    } catch (error) {
      this.#problem.textContent = error.message;
    }
  }
}
