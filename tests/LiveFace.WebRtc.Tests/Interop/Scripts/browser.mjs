// node browser.mjs chromium|firefox URL JSON: opens the page, runs it with the parameters, prints the result as JSON.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [, , name, url, parameters, root] = process.argv;
const require = createRequire(pathToFileURL(root + '/'));
const puppeteer = require('puppeteer-core');

const chromium = {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  headless: true,
  args: [
    '--no-sandbox', '--disable-gpu', '--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream=fps=30',
    '--autoplay-policy=no-user-gesture-required', '--disable-background-networking', '--disable-component-update',
    '--disable-sync', '--disable-features=WebRtcHideLocalIpsWithMdns',
    '--disable-renderer-backgrounding', '--disable-background-timer-throttling',
  ],
};
const firefox = {
  browser: 'firefox',
  executablePath: process.env.FIREFOX ?? '/usr/bin/firefox-esr',
  headless: true,
  extraPrefsFirefox: {
    'media.navigator.permission.disabled': true,
    'media.navigator.streams.fake': true,
    'media.autoplay.default': 0,
    'media.peerconnection.ice.loopback': true,
    'media.peerconnection.ice.obfuscate_host_addresses': false,
    'network.captive-portal-service.enabled': false,
    'network.connectivity-service.enabled': false,
    'app.update.enabled': false,
    'datareporting.policy.dataSubmissionEnabled': false,
  },
};

const browser = await puppeteer.launch({ ...(name === 'firefox' ? firefox : chromium), timeout: 90000, protocolTimeout: 120000 });
try {
  const page = await browser.newPage();
  page.on('console', message => console.error('page:', message.text()));
  page.on('pageerror', error => console.error('page error:', error.message));
  await page.goto(url);
  const result = await page.evaluate(options => run(options), JSON.parse(parameters));
  console.log(JSON.stringify(result));
} finally {
  await browser.close();
}
