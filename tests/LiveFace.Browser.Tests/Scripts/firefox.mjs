// Starts the studio's camera in Firefox over WebDriver BiDi and prints what the page then shows, as one line of JSON.
// usage: node firefox.mjs <folder with node_modules> <address>
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [, , root, address] = process.argv;
const require = createRequire(pathToFileURL(`${root}/package.json`));
const puppeteer = require('puppeteer-core');

const browser = await puppeteer.launch({
  browser: 'firefox',
  executablePath: '/usr/bin/firefox-esr',
  headless: true,
  extraPrefsFirefox: {
    'media.navigator.streams.fake': true,
    'media.navigator.permission.disabled': true,
    'media.autoplay.default': 0,
    'media.peerconnection.ice.loopback': true,
    'media.peerconnection.ice.obfuscate_host_addresses': false,
    'media.gmp-manager.updateEnabled': false,
  },
});
try {
  const page = await browser.newPage();
  const complaints = [];
  page.on('console', (message) => { if (message.type() === 'error') complaints.push(message.text()); });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(address);
  await page.waitForSelector('.preset', { timeout: 30000 });
  await page.click('#start');
  await page.waitForFunction(() => document.querySelector('#result').videoWidth > 0 && document.querySelector('#result').currentTime > 0.5, { timeout: 30000 });
  const shown = await page.evaluate(() => ({
    width: document.querySelector('#result').videoWidth,
    height: document.querySelector('#result').videoHeight,
    state: document.querySelector('#state').dataset.state,
    problem: document.querySelector('#problem').textContent,
  }));
  console.log(JSON.stringify({ ...shown, complaints }));
} finally {
  await browser.close();
}
