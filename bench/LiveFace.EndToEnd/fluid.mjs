// How fluid the workbench stays with much on it: a box is dragged on a 4K picture with ten thousand finds, and a film of an hour
// with two hundred tracks is stepped, selected and scrolled through. The pages are the server's; what it would answer about the
// picture and the film is made up here, since no picture has so much in it. Prints a table.
// usage: node bench/LiveFace.EndToEnd/fluid.mjs   (after `make build`; PROGRAM=path for another)
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBrowser } from './harness.mjs';

const program = process.env.PROGRAM ?? new URL('../../src/LiveFace/bin/Release/net10.0/liveface', import.meta.url).pathname;
const port = 19080 + Math.floor(Math.random() * 500);
const address = `http://localhost:${port}`;
const storage = mkdtempSync(join(tmpdir(), 'liveface-fluid-'));
const finds = 10_000;
const tracks = 200;
const pictures = 90_000;

const server = spawn(program, ['serve'], { stdio: 'ignore', env: { ...process.env, PORT: port, Media__Port: port + 1000, Storage__Folder: storage } });
const browser = await openBrowser();
try {
  while (!await fetch(`${address}/health/ready`).then((answer) => answer.ok, () => false)) await new Promise((resolve) => setTimeout(resolve, 200));
  console.log('| what | frames a second | longest gap, ms | main thread a frame, ms |');
  console.log('| --- | --- | --- | --- |');
  await measurePicture();
  await measureFilm();
} finally {
  await browser.close();
  server.kill();
  await new Promise((resolve) => server.once('exit', resolve));
  rmSync(storage, { recursive: true });
}

async function measurePicture() {
  const { page, session } = await open();
  const random = mulberry(1);
  const objects = Array.from({ length: finds }, () => ({
    model: 'faces', class: 'face', score: 0.5 + random() / 2, hidden: true, landmarks: null, outline: null, attributes: null,
    box: { x: 0.98 * random(), y: 0.98 * random(), width: 0.004 + 0.01 * random(), height: 0.004 + 0.016 * random() },
  }));
  await page.route('**/api/detect?*', (route) => route.fulfill({ json: { width: 3840, height: 2160, look: 'thorough', covered: false, objects } }));
  const picture = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(3840, 2160);
    const context = canvas.getContext('2d');
    for (let y = 0; y < 2160; y += 40) for (let x = 0; x < 3840; x += 40) {
      context.fillStyle = `hsl(${(x + y) % 360} 40% ${30 + (x * y) % 40}%)`;
      context.fillRect(x, y, 40, 40);
    }
    const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg' })).arrayBuffer());
    let text = '';
    for (const byte of bytes) text += String.fromCharCode(byte);
    return btoa(text);
  });
  const buffer = Buffer.from(picture, 'base64');
  await page.route('**/api/redact*', (route) => route.fulfill({ body: buffer, contentType: 'image/jpeg', headers: { 'LiveFace-Found': String(finds), 'LiveFace-Kept': '0' } }));
  await page.setInputFiles('#choose-files', { name: 'crowd.jpg', mimeType: 'image/jpeg', buffer });
  await page.waitForFunction(() => !document.querySelector('#download').disabled && document.querySelector('#found').childElementCount > 10, null, { timeout: 60_000 });
  const stage = await page.locator('#lines').boundingBox();
  const drag = async (steps) => {
    for (let step = 0; step < steps; step += 1)
      await page.mouse.move(stage.x + stage.width * (0.5 + 0.3 * Math.sin(step / 20)), stage.y + stage.height * (0.5 + 0.3 * Math.cos(step / 20)));
  };
  await page.click('[data-tool=rectangle]');
  await page.mouse.move(stage.x + stage.width * 0.2, stage.y + stage.height * 0.2);
  await page.mouse.down();
  await measure(page, session, `draw a box on a 4K picture, ${finds} finds`, () => drag(240));
  await page.mouse.up();
  await measure(page, session, `zoom and move the same picture`, async () => {
    for (let step = 0; step < 60; step += 1) await page.mouse.wheel(0, step % 20 < 10 ? -60 : 60);
  });
  await measure(page, session, 'select one find after another by key', async () => {
    await page.focus('#lines');
    for (let step = 0; step < 60; step += 1) await page.keyboard.press('.');
  });
  await page.close();
}

async function measureFilm() {
  const { page, session } = await open();
  const random = mulberry(2);
  const film = { width: 1280, height: 720, rate: 25, pictures, seconds: 3600, sha256: '0', codec: 'h264', container: 'mp4' };
  const job = { id: 'made-up', name: 'hour.mp4', state: 'done', stage: null, edits: 0, written: 0, bytes: 5, received: 5, problem: null, film };
  const all = Array.from({ length: tracks }, (_, index) => {
    const first = Math.floor(random() * (pictures - 4000));
    return { id: index + 1, model: 'faces', class: 'face', score: 0.9, doubt: random(), first, last: first + 200 + Math.floor(random() * 3000), kept: false, boxesFrom: null, boxes: null };
  });
  const picture = Buffer.from(await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(1280, 720);
    canvas.getContext('2d').fillRect(0, 0, 640, 720);
    return [...new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg' })).arrayBuffer())];
  }));
  await page.route('**/api/jobs**', (route) => {
    const url = new URL(route.request().url());
    const what = url.pathname.replace(/^\/api\/jobs\/?(made-up\/?)?/, '');
    if (what.startsWith('preview') || what.startsWith('pictures') || what.endsWith('thumbnail')) return route.fulfill({ body: picture, contentType: 'image/jpeg' });
    if (what === 'upload') return route.fulfill({ status: 204, headers: { 'Upload-Offset': '5' } });
    if (what === 'events') return route.fulfill({ body: `event: job\ndata: ${JSON.stringify(job)}\n\n`, contentType: 'text/event-stream' });
    if (what === 'edits') return route.fulfill({ json: { edits: [], inForce: [], kinds: [{ model: 0, class: 0, name: 'face' }] } });
    if (what !== 'tracks') return route.fulfill({ json: job });
    if (!url.searchParams.has('from')) return route.fulfill({ json: all });
    const [from, to] = ['from', 'to'].map((name) => Number(url.searchParams.get(name)));
    return route.fulfill({ json: all.filter((track) => track.first <= to && track.last >= from).map((track) => {
      const begin = Math.max(from, track.first);
      return { ...track, boxesFrom: begin, boxes: Array.from({ length: Math.min(to, track.last) - begin + 1 }, (_, at) => [100 + at, 100, 180 + at, 200, 0, 'seen']) };
    }) });
  });
  await page.setInputFiles('#choose-files', { name: 'hour.mp4', mimeType: 'video/mp4', buffer: Buffer.from('movie') });
  await page.click('#film button:has-text("Review and correct")');
  await page.waitForFunction((count) => document.querySelectorAll('.tracks li').length === count, tracks);
  await measure(page, session, `go from track to track, ${tracks} tracks of an hour`, async () => {
    await page.focus('.film-lines');
    for (let step = 0; step < 60; step += 1) await page.keyboard.press('d');
  });
  await measure(page, session, 'step through its pictures', async () => {
    for (let step = 0; step < 120; step += 1) await page.keyboard.press('ArrowRight');
  });
  const timeline = await page.locator('.timeline').boundingBox();
  await page.mouse.move(timeline.x + 300, timeline.y + 60);
  await measure(page, session, 'scroll the timeline', async () => {
    for (let step = 0; step < 120; step += 1) await page.mouse.wheel(0, step % 60 < 30 ? 120 : -120);
  });
  await page.close();
}

async function open() {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  await page.goto(`${address}/files`);
  await page.waitForFunction(() => document.querySelector('#what').childElementCount > 0);
  return { page, session };
}

/** Frames while something is done, and what each cost the page's thread, whatever else the machine was busy with. */
async function measure(page, session, name, work) {
  const busy = async () => (await session.send('Performance.getMetrics')).metrics.find((one) => one.name === 'TaskDuration').value;
  await page.evaluate(() => {
    window.frames_ = [];
    window.counts = true;
    const next = (time) => { window.frames_.push(time); if (window.counts) requestAnimationFrame(next); };
    requestAnimationFrame(next);
  });
  const before = await busy();
  await work();
  await page.waitForTimeout(200);
  const spent = (await busy()) - before;
  const times = await page.evaluate(() => { window.counts = false; return window.frames_; });
  const gaps = times.slice(1).map((time, index) => time - times[index]);
  const rate = 1000 * gaps.length / (times.at(-1) - times[0]);
  console.log(`| ${name} | ${rate.toFixed(0)} | ${Math.max(...gaps).toFixed(0)} | ${(1000 * spent / times.length).toFixed(1)} |`);
}

/** The same numbers each time. */
function mulberry(seed) {
  return () => {
    seed = (seed + 0x6D2B79F5) | 0;
    let t = Math.imul(seed ^ seed >>> 15, 1 | seed);
    t = t + Math.imul(t ^ t >>> 7, 61 | t) ^ t;
    return ((t ^ t >>> 14) >>> 0) / 2 ** 32;
  };
}
