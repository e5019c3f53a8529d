import { h } from '../../ui/dom.js';
import { CHARTS, Chart } from './charts.js';
import { Reading } from './metrics.js';
import { part, table } from './parts.js';

const INTERVAL_MS = 2000;

/** How the server is doing: its checks, and charts of /metrics since this section was first opened. */
export class Load {
  static title = 'Load';
  #context;
  #checks = h('div');
  #charts = CHARTS.map((chart) => new Chart(chart));
  #before = null;
  #timer = 0;
  #isOpen = false;

  constructor(context) {
    this.#context = context;
    this.element = part('Load', 'Read from /metrics every two seconds, and drawn for as long as this page is open, ten minutes back. '
      + 'For more than that, deploy/ has a dashboard for Grafana.', h('div', { className: 'charts' }, this.#charts.map((chart) => chart.element)), this.#checks);
  }

  async show() {
    this.#isOpen = true;
    // It goes on reading while other sections are open, so that there is something to see of that time.
    if (!this.#timer) this.#timer = setInterval(() => this.#read(), INTERVAL_MS);
    await Promise.all([this.#read(), this.#check()]);
  }

  hide() {
    this.#isOpen = false;
  }

  async #read() {
    if (document.hidden) return;
    try {
      const answer = await this.#context.api.request('metrics');
      const now = new Reading(await answer.text(), performance.now());
      for (const chart of this.#charts) {
        chart.add(this.#before, now);
        if (this.#isOpen) chart.draw();
      }
      this.#before = now;
    } catch (error) {
      if (this.#isOpen) this.#context.report(error);
    }
  }

  async #check() {
    try {
      // What is not ready answers with another status, and with the same list.
      const { server, key } = this.#context.api;
      const answer = await fetch(`${server}/health/ready`, { headers: key ? { Authorization: `Bearer ${key}` } : {} });
      const { status, checks = [] } = await answer.json();
      this.#checks.replaceChildren(table(status === 'ready' ? 'Ready' : 'Not ready', ['Check', 'State', 'Note'],
        checks.map((check) => [check.name, check.problem ?? 'as it should be', check.note ?? ''])));
    } catch (error) {
      this.#context.report(error);
    }
  }
}
