// Puts a mark on a picture and takes one off in Firefox over WebDriver BiDi, and prints what the page then shows, as one line of JSON.
// usage: node watermark-firefox.mjs <folder with node_modules> <address>
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [, , root, address] = process.argv;
const require = createRequire(pathToFileURL(`${root}/package.json`));
const puppeteer = require('puppeteer-core');

const browser = await puppeteer.launch({ browser: 'firefox', executablePath: '/usr/bin/firefox-esr', headless: true });
try {
  const page = await browser.newPage();
  const complaints = [];
  page.on('console', (message) => { if (message.type() === 'error') complaints.push(message.text()); });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(`${address}/watermark`);
  await page.waitForFunction(() => document.querySelector('#place').childElementCount > 0, { timeout: 30000 });
  // A picture of grey whose upper quarter is half under red.
  await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(320, 240);
    const context = canvas.getContext('2d');
    context.fillStyle = '#404040';
    context.fillRect(0, 0, 320, 240);
    context.fillStyle = '#9f2020';
    context.fillRect(0, 0, 320, 60);
    const data = new DataTransfer();
    data.items.add(new File([await canvas.convertToBlob({ type: 'image/png' })], 'me.png', { type: 'image/png' }));
    dispatchEvent(new DragEvent('drop', { dataTransfer: data, cancelable: true, bubbles: true }));
  });
  const settled = () => page.waitForFunction(
    () => !document.querySelector('#download').disabled && document.querySelector('#over').textContent === '', { timeout: 60000 });
  await settled();
  await page.evaluate(() => {
    for (const [name, value] of [['text', '\u2588'], ['size', '20'], ['opacity', '100']]) document.querySelector(`#${name}`).value = value;
    document.querySelector('#place').value = 'single';
    document.querySelector('#place').dispatchEvent(new Event('input', { bubbles: true }));
  });
  const red = (x, y) => page.evaluate(([x, y]) => {
    const image = document.querySelector('#after');
    const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight);
    const context = canvas.getContext('2d');
    context.drawImage(image, 0, 0);
    return context.getImageData(Math.round(x * canvas.width), Math.round(y * canvas.height), 1, 1).data[0];
  }, [x, y]);
  let marked = 0;
  for (const end = Date.now() + 60000; marked < 250 && Date.now() < end;) {
    await settled();
    marked = await red(0.5, 0.5);
  }
  await page.click('#way-off');
  await page.click('#take-off');
  await page.waitForFunction(() => document.querySelector('#found').textContent.includes('mark'), { timeout: 60000 });
  await settled();
  await page.waitForFunction(() => document.querySelector('#after').complete && document.querySelector('#after').naturalWidth === 320, { timeout: 10000 });
  console.log(JSON.stringify({ marked, unmarked: await red(0.5, 0.1), found: await page.$eval('#found', (one) => one.textContent), complaints }));
} finally {
  await browser.close();
}
