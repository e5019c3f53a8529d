// Camera → server → back in headless Chromium, LiveFace and its peers one after the other, several rounds, so that what
// else the machine does falls on all of them. Each is told to send as much as the browser sends at most. Prints a table for
// docs/reference/benchmarks.md.
import { cpuSeconds, openBrowser, openCall } from './harness.mjs';
import { peers } from './peers.mjs';

const seconds = Number(process.env.SECONDS_EACH ?? 15);
const rounds = Number(process.env.ROUNDS ?? 3);
const only = process.env.ONLY;
const results = new Map();

for (let round = 0; round < rounds; round++) {
  for (const [name, start] of Object.entries(peers)) {
    if (only && !name.includes(only)) continue;
    const peer = await start();
    const browser = await openBrowser();
    try {
      const call = await openCall(browser, peer.answer);
      await call.measure(3);
      const [cpu, began] = [cpuSeconds(peer.pid), performance.now()];
      const measured = await call.measure(seconds);
      const used = cpuSeconds(peer.pid) - cpu;
      measured.core = 100 * used / ((performance.now() - began) / 1000);
      measured.cpuPerFrame = 1000 * used / Math.max(1, measured.frames);
      results.set(name, [...results.get(name) ?? [], measured]);
      console.error(`round ${round + 1}: ${name}: ${JSON.stringify(measured, (_, v) => typeof v === 'number' ? Math.round(v * 10) / 10 : v)}`);
      await call.close();
    } catch (error) {
      console.error(`round ${round + 1}: ${name}: ${error.message}`);
    } finally {
      await browser.close();
      peer.stop();
    }
  }
}

const median = (name, field) => {
  const all = (results.get(name) ?? []).map((one) => one[field]).sort((a, b) => a - b);
  return all[all.length >> 1] ?? NaN;
};
const yardstick = Object.keys(peers).at(-1);
console.log('| 640×480, 30 fps, VP8 | median ms | p95 ms | fps | kbit/s back | % of a core | CPU ms a frame | CPU a frame, of the last line |');
console.log('| --- | --- | --- | --- | --- | --- | --- | --- |');
for (const name of results.keys()) {
  const n = (field, digits = 1) => median(name, field).toFixed(digits);
  console.log(`| ${name} | ${n('median')} | ${n('p95')} | ${n('fps')} | ${n('kbps', 0)} | ${n('core', 0)} | ${n('cpuPerFrame', 2)} | ${(median(name, 'cpuPerFrame') / median(yardstick, 'cpuPerFrame')).toFixed(2)} |`);
}
const ours = 'LiveFace, faces hidden';
const others = [...results.keys()].filter((name) => !name.startsWith('LiveFace'));
if (results.has(ours) && others.length)
  console.log(`\nWith faces hidden LiveFace takes, of the others' medians: ${others.map((name) =>
    `${(median(ours, 'median') / median(name, 'median')).toFixed(2)} (${name})`).join(', ')}.`);
