// Takes the README's pictures from the real thing: starts the server, opens each page in Chromium with a clip for its
// camera, and writes docs/pictures/*.jpg.
// usage: node scripts/screenshots.mjs <program> <clip.y4m> <film.mp4> <picture of several people> [picture…]
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname } from 'node:path';
import { chromium } from 'playwright-core';

const [, , program, clip, talk, ...pictures] = process.argv;
const port = 18080 + Math.floor(Math.random() * 1000);
const address = `http://localhost:${port}`;
const folder = new URL('../docs/pictures/', import.meta.url).pathname;
await mkdir(folder, { recursive: true });

const server = spawn(program, ['serve'], {
  stdio: 'inherit',
  env: { ...process.env, PORT: port, Media__Port: port + 1000, Storage__Folder: `${tmpdir()}/liveface-screenshots-${process.pid}`,
    Storage__EncryptionKey: randomBytes(32).toString('base64') },
});
// Chromium names its camera by the clip's path as it is given.
process.chdir(dirname(clip));
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--headless=new', '--no-sandbox', '--disable-gpu', '--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream',
    `--use-file-for-fake-video-capture=${basename(clip)}`, '--disable-background-networking', '--disable-component-update', '--disable-sync',
    '--disable-features=WebRtcHideLocalIpsWithMdns'],
});

async function enrol(id) {
  const form = new FormData();
  form.set('person', new Blob([JSON.stringify({ consent: true, days: 90 })], { type: 'application/json' }));
  for (const name of ['null', 'hflip', 'eq'])
    form.append('picture', new Blob([await readFile(`${dirname(clip)}/enrol-${name}.png`)], { type: 'image/png' }), 'picture');
  const answer = await fetch(`${address}/api/people/${id}`, { method: 'PUT', body: form });
  if (!answer.ok) throw new Error(await answer.text());
}

try {
  for (let ready = false; !ready;) {
    if (server.exitCode !== null) throw new Error(`The server ended with ${server.exitCode}.`);
    ready = await fetch(`${address}/health/ready`).then((answer) => answer.ok, () => false);
    if (!ready) await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const open = async (path, options = {}) => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, permissions: ['camera', 'microphone'], ...options });
    const page = await context.newPage();
    await page.goto(address + path);
    return page;
  };
  const playing = (page, video) => page.waitForFunction((selector) => document.querySelector(selector)?.currentTime > 2, video);
  const shoot = async (page, name) => {
    await page.evaluate(() => scrollTo(0, 0));
    await page.screenshot({ path: `${folder}${name}.jpg`, type: 'jpeg', quality: 82 });
  };

  const studio = await open('/?room=pictures', { colorScheme: 'dark' });
  await studio.click('#start');
  await playing(studio, '#result');
  await studio.click('#show-boxes');
  await studio.click('#statistics-panel summary');
  await studio.waitForFunction(() => document.querySelector('#statistics').childElementCount > 0);
  await shoot(studio, 'studio');

  for (const id of ['speaker', 'moderator']) await enrol(id);
  const shown = await open('/?room=shown', { colorScheme: 'dark' });
  await shown.click('#start');
  await playing(shown, '#result');
  await shown.click('#people input');
  // Two looks have to say who it is before the face is shown: what is hidden is smooth.
  const isSeen = () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 480 });
    const pen = canvas.getContext('2d');
    pen.drawImage(document.querySelector('#result'), 0, 0, 640, 480);
    const levels = [...pen.getImageData(250, 110, 130, 150).data].filter((_, i) => i % 4 === 0);
    const mean = levels.reduce((sum, level) => sum + level, 0) / levels.length;
    return Math.sqrt(levels.reduce((sum, level) => sum + (level - mean) ** 2, 0) / levels.length) > 45;
  };
  do {
    await shown.waitForFunction(isSeen);
    await shoot(shown, 'people');
  } while (!await shown.evaluate(isSeen));
  await shown.close();

  const view = await open('/view/pictures');
  await playing(view, '#video');
  await view.click('#info');
  await view.waitForFunction(() => document.querySelector('#statistics').childElementCount > 2);
  await shoot(view, 'viewer');

  const people = [];
  for (const name of ['Ada', 'Grace', 'Edith']) {
    const page = await open('/meet/pictures');
    await page.fill('#name', name);
    await page.click('#lobby button');
    await playing(page, '.tile video');
    people.push(page);
  }
  await people[0].waitForFunction(() => {
    const videos = [...document.querySelectorAll('.tile video')];
    return videos.length === 3 && videos.every((video) => video.currentTime > 1);
  });
  await shoot(people[0], 'meet');

  const bench = async (path, options, list = pictures) => {
    const page = await open(path, options);
    await page.waitForFunction(() => document.querySelector('#what').childElementCount > 0);
    await page.setInputFiles('#choose-files', list);
    await page.waitForFunction((count) => document.querySelectorAll('#items li[data-state=done]').length === count, list.length, { timeout: 120_000 });
    return page;
  };
  const settled = (page) => page.waitForFunction(() => !document.querySelector('#download').disabled && document.querySelector('#over').textContent === '');

  const files = await bench('/files', { colorScheme: 'light' });
  const stage = await files.locator('#lines').boundingBox();
  await files.mouse.move(stage.x + stage.width * 0.945, stage.y + stage.height * 0.03);
  await files.mouse.down();
  await files.mouse.move(stage.x + stage.width * 0.995, stage.y + stage.height * 0.22, { steps: 5 });
  await files.mouse.up();
  await settled(files);
  // The list of finds shows people as they are, to whoever has their picture; a page of docs need not.
  const veil = (page) => page.evaluate(() => { for (const small of document.querySelectorAll('#found canvas')) small.style.filter = 'blur(4px)'; });
  await veil(files);
  await shoot(files, 'files');
  const small = await bench('/files', { viewport: { width: 390, height: 800 }, colorScheme: 'dark' }, pictures.slice(0, 1));
  await settled(small);
  await veil(small);
  await shoot(small, 'files-phone');

  const film = await open('/files', { colorScheme: 'light' });
  await film.waitForFunction(() => document.querySelector('#what').childElementCount > 0);
  await film.setInputFiles('#choose-files', talk);
  await film.locator("#film button:has-text('Download')").waitFor({ timeout: 300_000 });
  await film.click("#film button:has-text('Review and correct')");
  await film.waitForFunction(() => document.querySelectorAll('.tracks li').length > 1);
  const drawn = film.waitForResponse((one) => /\/preview\/[1-9]\d*$/.test(one.url()));
  await film.click('.tracks li:last-child .look');
  await (await drawn).finished();
  await film.waitForTimeout(500);
  await film.evaluate(() => { for (const small of document.querySelectorAll('.tracks canvas')) small.style.filter = 'blur(4px)'; });
  await shoot(film, 'film');

  const mark = await open('/watermark', { colorScheme: 'light' });
  await mark.setInputFiles('#file', pictures[1]);
  await mark.waitForFunction(() => !document.querySelector('#download').disabled && document.querySelector('#over').textContent === '');
  await shoot(mark, 'watermark-page');

  // Somebody corrects each picture and sends it; who runs the server looks at the portrait, and at the boxes alone of the others.
  const send = await bench('/files', { colorScheme: 'dark' });
  for (let index = 0; index < pictures.length; index += 1) {
    await send.click(`#items li:nth-child(${index + 1}) .choose`);
    await settled(send);
    const place = await send.locator('#lines').boundingBox();
    await send.mouse.move(place.x + place.width * 0.6, place.y + place.height * 0.1);
    await send.mouse.down();
    await send.mouse.move(place.x + place.width * 0.68, place.y + place.height * 0.3, { steps: 5 });
    await send.mouse.up();
    await settled(send);
    await send.click('#send-corrections');
    await send.click('dialog.sheet button.primary');
    await send.waitForFunction(() => document.querySelector('#withdraw-link') !== null);
  }
  const admin = await open('/admin', { colorScheme: 'light' });
  const portrait = admin.locator('.card', { hasText: '512 × 512' });
  await portrait.locator('.look-at').click();
  await portrait.locator('.accept').waitFor();
  await shoot(admin, 'admin');
  await admin.click('[data-section=load]');
  await admin.waitForFunction(() => /of all cores [\d.]+/.test(document.querySelector('.chart').textContent));
  await admin.waitForTimeout(30_000);
  await shoot(admin, 'admin-load');

  const phone = await open('/?room=phone', { viewport: { width: 390, height: 800 } });
  await phone.click('#start');
  await playing(phone, '#result');
  await shoot(phone, 'phone');
} finally {
  await browser.close();
  server.kill('SIGTERM');
}
