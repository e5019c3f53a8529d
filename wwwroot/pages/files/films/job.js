const PIECE = 8 * 2 ** 20;
const AGAIN_MS = 1500;

/** A film's work on the server: upload, progress, review, result (docs/reference/jobs.md). */
export class FilmJob {
  #api;
  #path;

  constructor(api, id) {
    this.#api = api;
    this.#path = `api/jobs/${encodeURIComponent(id)}`;
  }

  /** Makes a job for a film that is still to be uploaded. */
  static async create(api, file, name, { policy, review }) {
    const query = new URLSearchParams({ name, policy: JSON.stringify(policy), review: String(review) });
    const response = await api.request(`api/jobs?${query}`, { method: 'POST', headers: { 'Upload-Length': String(file.size) } });
    return response.json();
  }

  /** Sends what is still missing of the film, piece by piece; begins where the server says that it ended. */
  async upload(file, signal, progress) {
    let at = await this.#received(signal);
    while (at < file.size) {
      try {
        const response = await this.#api.request(`${this.#path}/upload`, {
          method: 'PATCH', headers: { 'Content-Type': 'application/offset+octet-stream', 'Upload-Offset': String(at) },
          body: file.slice(at, at + PIECE), signal,
        });
        at = Number(response.headers.get('Upload-Offset') ?? at + PIECE);
      } catch (error) {
        if (signal.aborted || !['unreachable', 'upload-offset', 'too-slow', 'too-busy', 'too-many-requests'].includes(error.code)) throw error;
        await pause(error.retryAfter ?? AGAIN_MS, signal);
        at = await this.#received(signal);
      }
      progress(at);
    }
  }

  /** Tells of the job at once and on each change, also after the connection broke, until it is deleted. */
  async watch(signal, changed) {
    while (!signal.aborted) {
      try {
        const response = await this.#api.request(`${this.#path}/events`, { headers: { Accept: 'text/event-stream' }, signal });
        for await (const { event, data } of events(response.body)) {
          if (event === 'gone') return;
          if (event === 'job') changed(JSON.parse(data));
        }
      } catch (error) {
        if (signal.aborted) return;
        if (error.permanent || error.code === 'job-not-found') throw error;
      }
      // It also ends after 'done' and 'failed': there is nothing more to be told.
      if (!(await this.#goesOn(signal))) return;
      await pause(AGAIN_MS, signal).catch(() => {});
    }
  }

  now() { return this.#api.json(this.#path); }

  pause() { return this.#api.json(`${this.#path}/pause`, { method: 'POST' }); }

  resume() { return this.#api.json(`${this.#path}/resume`, { method: 'POST' }); }

  render() { return this.#api.json(`${this.#path}/render`, { method: 'POST' }); }

  remove() { return this.#api.request(this.#path, { method: 'DELETE' }); }

  tracks() { return this.#api.json(`${this.#path}/tracks`); }

  /** The tracks with their boxes in these pictures. */
  boxes(from, to) { return this.#api.json(`${this.#path}/tracks?from=${from}&to=${to}`); }

  edits() { return this.#api.json(`${this.#path}/edits`); }

  edit(edit) { return this.#api.json(`${this.#path}/edits`, { method: 'POST', body: edit }); }

  /** A picture of the film: as it would be written, or as it is. */
  picture(number, raw, signal) {
    return this.#blob(raw ? `pictures/${number}` : `preview/${number}`, signal);
  }

  thumbnail(track) { return this.#blob(`tracks/${track}/thumbnail`); }

  result() { return this.#blob('result'); }

  /** The report as a page that stands by itself, or as a PDF. @param {'html' | 'pdf'} kind */
  async report(kind) {
    const type = kind === 'pdf' ? 'application/pdf' : 'text/html';
    return (await this.#api.request(`${this.#path}/report`, { headers: { Accept: type } })).blob();
  }

  async #blob(what, signal) {
    return (await this.#api.request(`${this.#path}/${what}`, { signal })).blob();
  }

  async #received(signal) {
    const response = await this.#api.request(`${this.#path}/upload`, { method: 'HEAD', signal });
    return Number(response.headers.get('Upload-Offset'));
  }

  async #goesOn(signal) {
    try {
      const { state } = await this.#api.json(this.#path, { signal });
      return state !== 'done' && state !== 'failed';
    } catch (error) {
      return !signal.aborted && error.code !== 'job-not-found';
    }
  }
}

/** Server-sent events out of a body: EventSource cannot send the key that the server may ask for. */
export async function* events(body) {
  let text = '';
  for await (const piece of chunks(body.pipeThrough(new TextDecoderStream()))) {
    text += piece.replaceAll('\r\n', '\n');
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const lines = text.slice(0, end).split('\n');
      text = text.slice(end + 2);
      const values = (name) => lines.filter((line) => line.startsWith(`${name}:`)).map((line) => line.slice(name.length + 1).replace(/^ /, ''));
      const data = values('data');
      if (data.length > 0) yield { event: values('event')[0] ?? 'message', data: data.join('\n') };
    }
  }
}

/** Chromium's streams can be iterated, others only read. */
async function* chunks(stream) {
  const reader = stream.getReader();
  try {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) yield piece.value;
  } finally {
    reader.cancel().catch(() => {});
  }
}

function pause(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal?.addEventListener('abort', () => { clearTimeout(timer); reject(new Error('stopped')); }, { once: true });
  });
}
