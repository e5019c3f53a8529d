// Sends a correction in Firefox over WebDriver BiDi, accepts and exports it on /admin, withdraws it by its link, and prints what
// was seen on the way, as one line of JSON.
// usage: node corrections-firefox.mjs <folder with node_modules> <address> <picture>
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [, , root, address, picture] = process.argv;
const require = createRequire(pathToFileURL(`${root}/package.json`));
const puppeteer = require('puppeteer-core');

const browser = await puppeteer.launch({ browser: 'firefox', executablePath: '/usr/bin/firefox-esr', headless: true });
try {
  const complaints = [];
  const open = async (path) => {
    const page = await browser.newPage();
    page.on('console', (message) => { if (message.type() === 'error') complaints.push(message.text()); });
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.goto(address + path);
    return page;
  };
  const until = (page, condition) => page.waitForFunction(condition, { timeout: 60000 });

  const files = await open('/files');
  await until(files, () => document.querySelector('#what').childElementCount > 0);
  await (await files.$('#choose-files')).uploadFile(picture);
  await until(files, () => !document.querySelector('#download').disabled && document.querySelector('#send-corrections') !== null);
  await files.evaluate(() => document.querySelector('#send-corrections').click());
  await until(files, () => document.querySelector('dialog[aria-labelledby=consent-title]')?.open && document.querySelector('.consent-picture').width > 300);
  const before = await files.evaluate(async () => (await (await fetch('/api/corrections')).json()).total);
  await files.select('.consent-rows select', 'wrong');
  await until(files, () => !document.querySelector('dialog[aria-labelledby=consent-title] button.primary').disabled);
  await files.evaluate(() => document.querySelector('dialog[aria-labelledby=consent-title] button.primary').click());
  await until(files, () => document.querySelector('#withdraw-link')?.value.includes('#lfc_'));
  const link = await files.$eval('#withdraw-link', (one) => one.value);

  const admin = await open('/admin');
  await until(admin, () => document.querySelector('.look-at') !== null);
  await admin.evaluate(() => document.querySelector('.look-at').click());
  await until(admin, () => document.querySelector('.card canvas').dataset.seen === 'true');
  // The find of nothing is crossed out, in its colour.
  const crossed = await admin.$eval('.card canvas', (canvas) => {
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    let count = 0;
    for (let at = 0; at < data.length; at += 4) if (Math.abs(data[at] - 0xff) < 12 && Math.abs(data[at + 1] - 0x7b) < 12 && Math.abs(data[at + 2] - 0x7b) < 12) count += 1;
    return count;
  });
  await admin.evaluate(() => document.querySelector('.card .accept').click());
  await until(admin, () => document.querySelector('.card') === null);
  const zip = await admin.evaluate(async () => {
    const bytes = new Uint8Array(await (await fetch('/api/corrections/export?format=yolo')).arrayBuffer());
    return { bytes: bytes.length, head: String.fromCharCode(...bytes.slice(0, 2)) };
  });

  const page = await open(link.slice(address.length));
  await until(page, () => !document.querySelector('#one').hidden);
  await page.evaluate(() => document.querySelector('#withdraw').click());
  await until(page, () => document.querySelector('#status').textContent.includes('It is gone'));
  const after = await page.evaluate(async () => (await (await fetch('/api/corrections')).json()).total);
  console.log(JSON.stringify({ before, crossed, zip, after, complaints }));
} finally {
  await browser.close();
}
