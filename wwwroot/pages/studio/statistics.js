import { byId, h } from '../../ui/dom.js';

const SECONDS = 60;

/** Latency by stage, rates and losses, and the last minute as a chart. */
export class StatisticsPanel {
  #list = byId('statistics');
  #chart = byId('chart');
  #history = [];

  push(stats) {
    this.#history.push(stats.stages.total);
    if (this.#history.length > SECONDS) this.#history.shift();
    if (!byId('statistics-panel').open) return;
    const spread = ({ p50, p95 }) => `${p50.toFixed(1)} / ${p95.toFixed(1)} ms`;
    const drops = Object.entries(stats.drops).filter(([, count]) => count > 0);
    this.#show({
      'Whole way, median / 95 %': spread(stats.stages.total),
      Decode: spread(stats.stages.decode),
      Detect: spread(stats.stages.detect),
      Track: spread(stats.stages.track),
      Redact: spread(stats.stages.redact),
      Encode: spread(stats.stages.encode),
      Picture: `${stats.video.width} × ${stats.video.height}, ${stats.video.codecIn ?? '–'}`,
      'Frames in / out': `${stats.video.fpsIn.toFixed(1)} / ${stats.video.fpsOut.toFixed(1)} per s`,
      'Bitrate in / out': `${Math.round(stats.video.kbpsIn)} / ${Math.round(stats.video.kbpsOut)} kbit/s`,
      'Lost on the way here': stats.publisher ? `${stats.publisher.lossPercent.toFixed(1)} %` : '–',
      'Round trip': stats.publisher?.roundTripMs != null ? `${stats.publisher.roundTripMs.toFixed(0)} ms` : '–',
      Detector: `${stats.detector.model}, ${stats.detector.device}, ${stats.detector.state}`,
      'Detections': `${stats.detector.fps.toFixed(1)} per s, newest ${Math.round(stats.detector.ageMs)} ms old`,
      'Hidden for want of looks': `${stats.unseenPercent.toFixed(1)} % of the picture`,
      Viewers: String(stats.viewers),
      Dropped: drops.map(([place, count]) => `${place} ${count}`).join(', ') || 'none',
    });
    this.#draw();
  }

  clear() {
    this.#history = [];
    this.#list.replaceChildren();
    this.#draw();
  }

  #show(rows) {
    this.#list.replaceChildren(...Object.entries(rows).flatMap(([name, value]) => [h('dt', { textContent: name }), h('dd', { textContent: value })]));
  }

  #draw() {
    const { width, height } = this.#chart;
    const context = this.#chart.getContext('2d');
    context.clearRect(0, 0, width, height);
    const style = getComputedStyle(document.documentElement);
    const top = Math.max(20, ...this.#history.map(({ p95 }) => p95)) * 1.15;
    const line = (key, colour) => {
      context.strokeStyle = colour;
      context.lineWidth = 2;
      context.beginPath();
      this.#history.forEach((point, index) => context.lineTo(width - (this.#history.length - 1 - index) * (width / (SECONDS - 1)), height - (point[key] / top) * height));
      context.stroke();
    };
    line('p95', style.getPropertyValue('--soft'));
    line('p50', style.getPropertyValue('--accent'));
    context.fillStyle = style.getPropertyValue('--soft');
    context.font = '11px system-ui, sans-serif';
    context.fillText(`${Math.round(top)} ms`, 6, 13);
  }
}
