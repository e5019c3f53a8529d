/** Named events with handlers; one handler that throws does not keep the others from being called. */
export class Emitter {
  #handlers = new Map();

  /** Calls `handler` for each event of this name until the function that comes back is called. */
  on(name, handler) {
    if (!this.#handlers.has(name)) this.#handlers.set(name, new Set());
    this.#handlers.get(name).add(handler);
    return () => this.#handlers.get(name)?.delete(handler);
  }

  emit(name, value) {
    for (const handler of [...(this.#handlers.get(name) ?? [])]) {
      try {
        handler(value);
      } catch (error) {
        reportError(error);
      }
    }
  }
}
