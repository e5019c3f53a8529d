import { h } from '../../ui/dom.js';
import { nothing, part, sureButton, table, when } from './parts.js';

const INTERVAL_MS = 3000;

/** Rooms and jobs as they are now. */
export class Now {
  static title = 'Rooms and jobs';
  #context;
  #rooms = h('div');
  #jobs = h('div');
  #timer = 0;
  #shown = '';

  constructor(context) {
    this.#context = context;
    this.element = part('Rooms and jobs', 'What goes on now. Rooms are shown as their viewers see them: redacted.', this.#rooms, this.#jobs);
  }

  async show() {
    clearInterval(this.#timer);
    this.#timer = setInterval(() => this.#load(), INTERVAL_MS);
    await this.#load();
  }

  hide() {
    clearInterval(this.#timer);
  }

  async #load() {
    const { api, report } = this.#context;
    try {
      const [rooms, jobs] = await Promise.all([api.json('api/rooms'), api.json('api/jobs')]);
      // Nothing is drawn again that has not changed: a button that somebody is about to press stays where it is.
      const key = JSON.stringify([rooms, jobs]);
      if (key === this.#shown) return;
      this.#shown = key;
      this.#rooms.replaceChildren(rooms.length === 0 ? nothing('No room is open.') : table('Rooms', ['Room', 'Publisher', 'Since', 'Viewers', 'Covered', ''], rooms.map((room) => [
        h('a', { href: `/view/${encodeURIComponent(room.room)}`, textContent: room.room }),
        room.publisher ? `${room.publisher.codec ?? ''} ${room.publisher.width} × ${room.publisher.height}` : 'nobody',
        when(room.publisher?.since), room.viewers, room.cover === 'none' ? 'no' : room.cover,
        sureButton('End', `the room ${room.room}`, () => this.#do(`api/rooms/${encodeURIComponent(room.room)}`)),
      ])));
      this.#jobs.replaceChildren(jobs.length === 0 ? nothing('There are no jobs.') : table('Jobs', ['Name', 'State', 'How far', 'Made', 'Deleted at', ''], jobs.map((job) => [
        h('a', { href: `/files?job=${encodeURIComponent(job.id)}`, textContent: job.name }),
        job.problem ? `${job.state}: ${job.problem}` : job.state, progressOf(job), when(job.created), when(job.expires),
        sureButton('Delete', `the job ${job.name}`, () => this.#do(`api/jobs/${job.id}`)),
      ])));
    } catch (error) {
      report(error);
    }
  }

  async #do(path) {
    try {
      await this.#context.api.request(path, { method: 'DELETE' });
    } catch (error) {
      this.#context.report(error);
    }
    await this.#load();
  }
}

function progressOf(job) {
  if (job.state === 'uploading') return `${Math.floor(100 * job.received / Math.max(1, job.bytes))} % has come`;
  return job.stage ? `${job.stage}: ${job.pictures}${job.total ? ` of ${job.total}` : ''} pictures` : '';
}
