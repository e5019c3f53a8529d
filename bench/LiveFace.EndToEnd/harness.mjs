// A Chromium, a page of its own origin for each call, and what a process uses.
import { readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

export const portraitFile = '/usr/lib/python3/dist-packages/skimage/data/astronaut.png';
export const portrait = `data:image/png;base64,${readFileSync(portraitFile).toString('base64')}`;
/** What each side sends at most, in either direction, so that all have the same to decode and to encode. */
export const limitKbps = 1500;
const script = readFileSync(join(import.meta.dirname, 'page.js'), 'utf8');

/** With `camera` it has one: moving patterns that nobody has to allow. */
export const openBrowser = ({ camera = false } = {}) => chromium.launch({
  executablePath: '/usr/bin/chromium', headless: true,
  args: ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update',
    '--disable-sync', '--disable-features=WebRtcHideLocalIpsWithMdns', '--autoplay-policy=no-user-gesture-required',
    ...camera ? ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'] : []],
});

/** A page whose offers go to `answer`. */
export async function openCall(browser, answer, settings) {
  const server = createServer(async (request, response) => {
    if (request.method !== 'POST') return response.end('<!doctype html><title>bench</title>');
    let offer = '';
    for await (const part of request) offer += part;
    try {
      response.end(await answer(offer));
    } catch (error) {
      response.statusCode = 502;
      response.end(String(error));
    }
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  await page.evaluate(script);
  await page.evaluate((all) => bench.start(all), { portrait, width: 640, height: 480, rate: 30, kbps: limitKbps, ...settings });
  await page.waitForFunction(() => bench.latencies.length > 30, null, { timeout: 60_000 });
  return {
    async measure(seconds) {
      const before = await page.evaluate(async () => {
        bench.latencies = [];
        return { received: bench.received, bytes: await bench.bytes(), at: performance.now() };
      });
      await new Promise((done) => setTimeout(done, seconds * 1000));
      const after = await page.evaluate(async () => ({
        latencies: bench.latencies, received: bench.received, bytes: await bench.bytes(), at: performance.now() }));
      const elapsed = (after.at - before.at) / 1000;
      const sorted = after.latencies.sort((a, b) => a - b);
      const at = (part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? NaN;
      return {
        median: at(0.5), p95: at(0.95), fps: (after.received - before.received) / elapsed,
        kbps: (after.bytes - before.bytes) * 8 / 1000 / elapsed, frames: after.received - before.received,
      };
    },
    async close() { await page.close(); server.close(); },
  };
}

const ticks = 100;

/** Seconds of processor that a process has used. */
// The process's own time and that of its decode workers, those that have ended too.
export function cpuSeconds(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /, '').split(' ');
  const own = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0) / ticks;
  return children(pid).reduce((sum, child) => sum + cpuSeconds(child), own);
}

function children(pid) {
  return readdirSync(`/proc/${pid}/task`).flatMap((task) => {
    const children = readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8');
    return children.split(' ').filter(Boolean).map(Number);
  });
}

export function memoryMiB(pid) {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;
}

export const handles = (pid) => readdirSync(`/proc/${pid}/fd`).length;
export const threads = (pid) => readdirSync(`/proc/${pid}/task`).length;
