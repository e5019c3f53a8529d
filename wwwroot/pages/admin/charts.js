import { h } from '../../ui/dom.js';
import { rate } from './metrics.js';

const COLOURS = ['--accent', '--good', '--warn', '--bad'];
const MOST = 300;
// A young chart is drawn as if it were so old, so that its lines do not jump.
const FEWEST = 45;

const gauge = (name, labels) => (before, now) => now.sum(name, labels);
const grows = (name, labels) => (before, now) => rate(before, now, name, labels);

/** What is drawn: each line is worked out of two readings of /metrics. */
export const CHARTS = [
  { title: 'Processor', unit: ' %', least: 100, lines: { 'of all cores': (before, now) => {
    const [used, cores] = [rate(before, now, 'dotnet_process_cpu_time_seconds_total'), now.sum('dotnet_process_cpu_count')];
    return used === null || !cores ? null : 100 * used / cores;
  } } },
  { title: 'Memory', unit: ' MB', least: 256, lines: { 'working set': (before, now) => (now.sum('dotnet_process_memory_working_set_bytes') ?? 0) / 2 ** 20 } },
  { title: 'Rooms', unit: '', least: 4, lines: {
    open: gauge('liveface_rooms_active'), 'with a camera': gauge('liveface_rooms_publishing'), viewers: gauge('liveface_rooms_viewers') } },
  { title: 'Frames a second', unit: '', least: 30, lines: { in: gauge('liveface_frames_rate', { direction: 'in' }), out: gauge('liveface_frames_rate', { direction: 'out' }),
    dropped: grows('liveface_frames_dropped_total') } },
  { title: 'Hidden because nobody looked, at most', unit: ' %', least: 10, lines: { 'of the picture': gauge('liveface_picture_unseen_percent') } },
  { title: 'Looks', unit: ' ms', least: 50, lines: {
    'age of the newest': gauge('liveface_detection_age_milliseconds'), 'time of one': gauge('liveface_stage_p95_milliseconds', { stage: 'detect' }),
    'whole way of a frame': gauge('liveface_stage_p95_milliseconds', { stage: 'total' }) } },
  { title: 'Queues', unit: '', least: 4, lines: {
    'jobs waiting': gauge('liveface_jobs_active', { state: 'queued' }), 'jobs at work': gauge('liveface_jobs_active', { state: 'running' }),
    'requests now': gauge('http_server_active_requests'), 'thread pool': gauge('dotnet_thread_pool_queue_length_total') } },
  { title: 'Video', unit: ' Mbit/s', least: 1, lines: {
    in: (before, now) => (now.sum('liveface_video_rate_bits_per_second', { direction: 'in' }) ?? 0) / 1e6,
    out: (before, now) => (now.sum('liveface_video_rate_bits_per_second', { direction: 'out' }) ?? 0) / 1e6 } },
  { title: 'Watermarks: how far pictures have moved (0.25 is far)', unit: '', least: 0.5, lines: {
    marked: gauge('liveface_watermark_drift', { measure: 'mask_share' }), certainty: gauge('liveface_watermark_drift', { measure: 'confidence' }),
    brightness: gauge('liveface_watermark_drift', { measure: 'brightness' }), sharpness: gauge('liveface_watermark_drift', { measure: 'sharpness' }) } },
  { title: 'Watermarks taken off: thumbs, since the start', unit: '', least: 4, lines: {
    right: gauge('liveface_feedback_total', { about: 'watermark', thumb: 'up' }), wrong: gauge('liveface_feedback_total', { about: 'watermark', thumb: 'down' }) } },
  { title: 'Faults and thumbs, since the start', unit: '', least: 4, lines: {
    faults: gauge('liveface_faults_total'), 'thumbs up': gauge('liveface_feedback_total', { thumb: 'up' }), 'thumbs down': gauge('liveface_feedback_total', { thumb: 'down' }) } },
];

/** One chart: lines over the time that this page has been open, at most so many readings back. */
export class Chart {
  #chart;
  #canvas = h('canvas', { role: 'img' });
  #lines;

  constructor(chart) {
    this.#chart = chart;
    this.#lines = Object.entries(chart.lines).map(([title, read], index) => {
      const mark = h('i');
      mark.style.background = `var(${COLOURS[index]})`;
      const value = h('output', { textContent: '–' });
      return { title, read, colour: COLOURS[index], values: [], value, row: h('li', {}, mark, `${title} `, value) };
    });
    this.#canvas.setAttribute('aria-label', `${chart.title}: not read yet`);
    this.element = h('figure', { className: 'chart' }, h('figcaption', { textContent: chart.title }), this.#canvas, h('ul', {}, this.#lines.map((line) => line.row)));
  }

  add(before, now) {
    for (const line of this.#lines) {
      line.values.push(line.read(before, now));
      if (line.values.length > MOST) line.values.shift();
      const last = line.values.at(-1);
      line.value.textContent = last === null ? '–' : `${words(last)}${this.#chart.unit}`;
    }
    this.#canvas.setAttribute('aria-label', `${this.#chart.title}: ${this.#lines.map((line) => `${line.title} ${line.value.textContent}`).join(', ')}`);
  }

  draw() {
    const box = this.#canvas.getBoundingClientRect();
    if (box.width === 0) return;
    this.#canvas.width = Math.round(box.width * devicePixelRatio);
    this.#canvas.height = Math.round(box.height * devicePixelRatio);
    const context = this.#canvas.getContext('2d');
    context.scale(devicePixelRatio, devicePixelRatio);
    const style = getComputedStyle(this.#canvas);
    const top = rounded(Math.max(this.#chart.least, ...this.#lines.flatMap((line) => line.values.filter((value) => value !== null))));
    const [left, bottom] = [42, box.height - 4];
    context.font = `11px ${style.fontFamily}`;
    context.fillStyle = style.getPropertyValue('--soft');
    context.strokeStyle = style.getPropertyValue('--line');
    context.textAlign = 'right';
    for (const share of [0, 0.5, 1]) {
      const y = bottom - share * (bottom - 12);
      context.fillText(words(share * top), left - 6, y + 3);
      context.beginPath();
      context.moveTo(left, y);
      context.lineTo(box.width, y);
      context.stroke();
    }
    const step = (box.width - left) / (Math.max(FEWEST, this.#lines[0].values.length) - 1);
    context.lineWidth = 1.75;
    for (const line of this.#lines) {
      context.strokeStyle = style.getPropertyValue(line.colour);
      context.beginPath();
      let begun = false;
      line.values.forEach((value, index) => {
        if (value === null) return;
        const [x, y] = [box.width - (line.values.length - 1 - index) * step, bottom - value / top * (bottom - 12)];
        if (begun) context.lineTo(x, y);
        else context.moveTo(x, y);
        begun = true;
      });
      context.stroke();
    }
  }
}

const words = (value) => (Number.isInteger(value) || value >= 100 ? Math.round(value).toString() : value.toFixed(1));

/** The next number that is easy to read off an axis: 1, 2, 2.5 or 5 with zeros. */
function rounded(value) {
  const unit = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 2.5, 5, 10].find((times) => times * unit >= value) * unit;
}
