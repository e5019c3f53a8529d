/** What is hidden in a room, and how. Changes take effect on the next frame and reach everybody in the room. */
export class PolicyHandle {
  #hub;
  #room;
  #current = null;
  #wished = null;

  constructor(hub, room) {
    this.#hub = hub;
    this.#room = room;
  }

  /** The policy as the server last told it. */
  get current() {
    return this.#current;
  }

  /** What this page wants to be hidden: what it set last. Null as long as it wanted nothing. */
  get wished() {
    return this.#wished;
  }

  /** Wants a policy from the next offer on. */
  wish(policy) {
    this.#wished = policy;
  }

  /**
   * Puts a whole policy in place, or a preset by `{ preset: 'id' }`. Resolves with what the server stored.
   * @param {any} policy
   * @param {{ onlyIf?: number }} options
   */
  async set(policy, { onlyIf } = {}) {
    const { version, ...input } = policy;
    const stored = await this.#hub.invoke('SetPolicy', this.#room, input, onlyIf ?? null);
    this.#wished = input;
    return this.learn(stored);
  }

  /** Puts a preset in place. */
  preset(id) {
    return this.set({ preset: id });
  }

  /** Changes a copy of the current policy and stores it; when somebody else was quicker, changes theirs instead. */
  async update(change) {
    for (;;) {
      const draft = structuredClone(this.#current);
      change(draft);
      try {
        return await this.set(draft, { onlyIf: this.#current.version });
      } catch (error) {
        if (error.code !== 'version-mismatch') throw error;
        this.learn(await this.#hub.invoke('GetPolicy', this.#room));
      }
    }
  }

  /** Takes a newer version over. */
  learn(policy) {
    if (!this.#current || policy.version >= this.#current.version) this.#current = policy;
    return this.#current;
  }
}
