const SAMPLE = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (\S+)/;
const LABEL = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\.)*)"/g;

/** What one reading of /metrics says. */
export class Reading {
  #samples = new Map();

  /** @param {string} text in Prometheus' format */
  constructor(text, at) {
    this.at = at;
    for (const line of text.split('\n')) {
      const [, name, labels = '', value] = SAMPLE.exec(line) ?? [];
      if (!name) continue;
      const known = this.#samples.get(name) ?? [];
      known.push({ labels: Object.fromEntries([...labels.matchAll(LABEL)].map(([, label, text]) => [label, text])), value: Number(value) });
      this.#samples.set(name, known);
    }
  }

  /** The sum of a metric's series, of those with these labels where some are given; null where there is none. */
  sum(name, labels = {}) {
    const found = (this.#samples.get(name) ?? []).filter((one) => Object.entries(labels).every(([label, value]) => one.labels[label] === value));
    return found.length === 0 ? null : found.reduce((sum, one) => sum + one.value, 0);
  }
}

/** How fast a count grew between two readings, a second; a count that fell began anew. */
export function rate(before, now, name, labels) {
  const [from, to] = [before?.sum(name, labels), now.sum(name, labels)];
  if (from === null || from === undefined || to === null || now.at <= before.at) return null;
  return Math.max(0, to - from) / ((now.at - before.at) / 1000);
}
