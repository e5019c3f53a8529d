// Hides a picture on the workbench in Firefox over WebDriver BiDi and prints what the page then shows, as one line of JSON.
// usage: node files-firefox.mjs <folder with node_modules> <address> <picture>
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [, , root, address, picture] = process.argv;
const require = createRequire(pathToFileURL(`${root}/package.json`));
const puppeteer = require('puppeteer-core');

const browser = await puppeteer.launch({ browser: 'firefox', executablePath: '/usr/bin/firefox-esr', headless: true });
try {
  const page = await browser.newPage();
  const complaints = [];
  page.on('console', (message) => { if (message.type() === 'error') complaints.push(message.text()); });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(`${address}/files`);
  await page.waitForFunction(() => document.querySelector('#what').childElementCount > 0, { timeout: 30000 });
  const input = await page.$('#choose-files');
  await input.uploadFile(picture);
  const settled = () => page.waitForFunction(
    () => !document.querySelector('#download').disabled && document.querySelector('#over').textContent === '', { timeout: 60000 });
  await settled();
  const stage = await (await page.$('#lines')).boundingBox();
  const side = Math.min(stage.width, stage.height);
  const place = (x, y) => [stage.x + (stage.width - side) / 2 + x * side, stage.y + (stage.height - side) / 2 + y * side];
  await page.mouse.move(...place(0.66, 0.1));
  await page.mouse.down();
  await page.mouse.move(...place(0.86, 0.35), { steps: 5 });
  await page.mouse.up();
  await page.waitForFunction(() => document.querySelectorAll('#drawn li').length === 1, { timeout: 10000 });
  await settled();
  // What is on show is the server's picture: the mean difference between neighbours there, beside that of the file.
  const detail = await page.evaluate(async () => {
    const items = await new Promise((resolve) => {
      const asked = indexedDB.open('liveface-files');
      asked.onsuccess = () => { asked.result.transaction('items').objectStore('items').getAll().onsuccess = ({ target }) => resolve(target.result); };
    });
    const of = async (blob) => {
      const bitmap = await createImageBitmap(blob);
      const context = new OffscreenCanvas(512, 512).getContext('2d');
      context.drawImage(bitmap, 0, 0);
      const { data } = context.getImageData(360, 80, 60, 70);
      let sum = 0;
      for (let at = 0; at < data.length - 4; at += 4) sum += Math.abs(data[at] - data[at + 4]);
      return sum / (data.length / 4);
    };
    return { before: await of(items[0].blob), after: await of(items[0].result) };
  });
  console.log(JSON.stringify({ ...detail, found: await page.$eval('#found-count', (one) => one.textContent), complaints }));
} finally {
  await browser.close();
}
