// Camera to screen through the Echo sample, beside two browser connections that talk directly, in turns in one page:
//   dotnet build samples/Echo -c Release && node bench/echo-latency/run.mjs [rounds] [seconds]
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import puppeteer from 'puppeteer-core';

const here = dirname(fileURLToPath(import.meta.url));
const [rounds, seconds] = [Number(process.argv[2] ?? 3), Number(process.argv[3] ?? 8)];
const [media, http, front] = [21970, 21971, 21972];
const echo = spawn(
  join(here, '../../samples/Echo/bin/Release/net10.0/Echo'), ['--port', media, '--http', http, '--codecs', 'vp8'], { stdio: 'inherit' });

// utime and stime of the process, in hundredths of a second.
const ticks = () => {
  const fields = readFileSync(`/proc/${echo.pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return Number(fields[11]) + Number(fields[12]);
};
let mark = { at: 0, ticks: 0 };
const server = createServer(async (request, response) => {
  if (request.url === '/whip') {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const answer = await fetch(`http://127.0.0.1:${http}/whip`, { method: 'POST', body: Buffer.concat(chunks) });
    response.end(await answer.text());
  } else if (request.url === '/mark?start') {
    mark = { at: performance.now(), ticks: ticks() };
    response.end();
  } else if (request.url === '/mark?stop') {
    response.end(JSON.stringify({ core: (ticks() - mark.ticks) * 1000 / (performance.now() - mark.at) }));
  } else {
    response.setHeader('Content-Type', 'text/html');
    response.end(readFileSync(join(here, 'page.html')));
  }
}).listen(front, '127.0.0.1');

const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  headless: true,
  args: ['--no-sandbox', '--disable-gpu', '--autoplay-policy=no-user-gesture-required', '--disable-background-networking',
    '--disable-features=WebRtcHideLocalIpsWithMdns', '--disable-renderer-backgrounding'],
  protocolTimeout: 300000,
});
try {
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${front}/`);
  console.log('| way | frames | median ms | p95 ms | % of a core |');
  console.log('| --- | --- | --- | --- | --- |');
  for (let round = 0; round < rounds; round++) {
    for (const way of ['server', 'direct']) {
      const r = await page.evaluate((way, seconds) => measure(way, seconds), way, seconds);
      const core = way === 'server' ? r.core.toFixed(1) : '';
      console.log(`| ${way} | ${r.frames} | ${r.median?.toFixed(1)} | ${r.p95?.toFixed(1)} | ${core} |`);
    }
  }
} finally {
  await browser.close();
  server.close();
  echo.kill();
}
