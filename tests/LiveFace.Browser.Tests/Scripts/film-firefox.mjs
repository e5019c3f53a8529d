// Hides a film on the workbench in Firefox over WebDriver BiDi, from choice to download into a folder, and prints what the page said, as
// one line of JSON.
// usage: node film-firefox.mjs <folder with node_modules> <address> <film> <folder for the download>
import { existsSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

const [, , root, address, film, folder] = process.argv;
const require = createRequire(pathToFileURL(`${root}/package.json`));
const puppeteer = require('puppeteer-core');

const browser = await puppeteer.launch({
  browser: 'firefox', executablePath: '/usr/bin/firefox-esr', headless: true,
  extraPrefsFirefox: { 'browser.download.folderList': 2, 'browser.download.dir': folder, 'browser.download.useDownloadDir': true },
});
try {
  const page = await browser.newPage();
  const complaints = [];
  page.on('console', (message) => { if (message.type() === 'error') complaints.push(message.text()); });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(`${address}/files`);
  await page.waitForFunction(() => document.querySelector('#what').childElementCount > 0, { timeout: 30_000 });
  await (await page.$('#choose-files')).uploadFile(film);
  const button = (text) => page.waitForFunction(
    (name) => [...document.querySelectorAll('#film button')].find((one) => one.textContent === name), { timeout: 180_000 }, text);
  await (await button('Download')).asElement().click();
  const file = join(folder, basename(film).replace(/\.[^.]*$/, '.redacted.mp4'));
  const whole = () => existsSync(file) && statSync(file).size > 0 && !readdirSync(folder).some((name) => name.endsWith('.part'));
  for (let tries = 0; tries < 600 && !whole(); tries += 1) await pause(100);

  await (await button('Review and correct')).asElement().click();
  await page.waitForFunction(() => document.querySelectorAll('.tracks li').length > 0 && document.querySelector('.film-picture').width === 320, { timeout: 60_000 });
  console.log(JSON.stringify({
    file: whole() ? file : readdirSync(folder).join(', '), tracks: await page.$$eval('.tracks li', (rows) => rows.length),
    focused: await page.evaluate(() => document.activeElement.className), complaints,
  }));
} finally {
  await browser.close();
}
