// Two streams for an hour (MINUTES sets another time). Each minute: memory, handles, threads, latency, frame rate. Ends
// with an error when memory, handles or threads have grown, or the latency has, from the first fifth to the last.
import { cpuSeconds, handles, memoryMiB, openBrowser, openCall, threads } from './harness.mjs';
import { liveface } from './peers.mjs';

const minutes = Number(process.env.MINUTES ?? 60);
const server = await liveface();
const browser = await openBrowser();
const rows = [];
const calls = [];
try {
  for (const room of ['one', 'two']) calls.push(await openCall(browser, (offer) => server.answer(offer, room)));
  console.log('| minute | MiB | handles | threads | % of a core | median ms | p95 ms | fps |');
  console.log('| --- | --- | --- | --- | --- | --- | --- | --- |');
  for (let minute = 1; minute <= minutes; minute++) {
    const cpu = cpuSeconds(server.pid);
    const measured = await Promise.all(calls.map((call) => call.measure(60)));
    const row = {
      memory: memoryMiB(server.pid), handles: handles(server.pid), threads: threads(server.pid),
      core: (cpuSeconds(server.pid) - cpu) / 60 * 100, median: Math.max(...measured.map((one) => one.median)),
      p95: Math.max(...measured.map((one) => one.p95)), fps: Math.min(...measured.map((one) => one.fps)),
    };
    rows.push(row);
    console.log(`| ${minute} | ${row.memory.toFixed(0)} | ${row.handles} | ${row.threads} | ${row.core.toFixed(0)} | ${row.median.toFixed(1)} | ${row.p95.toFixed(1)} | ${row.fps.toFixed(1)} |`);
  }
} finally {
  await Promise.all(calls.map((call) => call.close()));
  await browser.close();
  server.stop();
}

const part = Math.max(1, Math.floor(rows.length / 5));
const mean = (all, field) => all.reduce((sum, row) => sum + row[field], 0) / all.length;
const [first, last] = [rows.slice(0, part), rows.slice(-part)];
const grown = (field, factor, more) => mean(last, field) > mean(first, field) * factor + more;
const faults = [
  grown('memory', 1.1, 20) && 'memory', grown('handles', 1, 4) && 'handles', grown('threads', 1, 8) && 'threads',
  grown('median', 1.5, 5) && 'latency',
].filter(Boolean);
console.log(faults.length ? `Grown: ${faults.join(', ')}` : 'Nothing has grown.');
process.exitCode = faults.length ? 1 : 0;
