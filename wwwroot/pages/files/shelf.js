const DATABASE = 'liveface-files';
const STORE = 'items';

/**
 * The list of files, kept in this browser and nowhere else, so that it survives a reload. Where the browser keeps nothing
 * (a private window may not), it is kept in memory.
 */
export class Shelf {
  #database;

  constructor(database) {
    this.#database = database;
  }

  static async open() {
    try {
      const asked = indexedDB.open(DATABASE, 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: 'id' });
      return new Shelf(await answer(asked));
    } catch {
      return new Shelf(null);
    }
  }

  /** Whether the list is there again after a reload. */
  get lasts() { return this.#database !== null; }

  /** @returns {Promise<any[]>} */
  async all() {
    if (!this.#database) return [];
    return (await answer(this.#store('readonly').getAll())).sort((a, b) => a.order - b.order);
  }

  async put(item) {
    if (!this.#database) return;
    try {
      await answer(this.#store('readwrite').put(item));
    } catch {
      // A full disk costs the list its memory, and nobody their work.
    }
  }

  async remove(id) {
    if (this.#database) await answer(this.#store('readwrite').delete(id));
  }

  async clear() {
    if (this.#database) await answer(this.#store('readwrite').clear());
  }

  #store(mode) {
    return this.#database.transaction(STORE, mode).objectStore(STORE);
  }
}

function answer(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
