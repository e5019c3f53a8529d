// How long after a key was asked to be deleted at one server its hub connection at another is told to go.
// usage: node revocation.mjs PROGRAM CONNECTION [KEYS=25]   (CONNECTION: a PostgreSQL for this alone, as Storage:Database takes it)
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HttpTransportType, HubConnectionBuilder, LogLevel } from '@microsoft/signalr';

const [program, database, keys = '25'] = process.argv.slice(2);
if (!database)
  throw new Error('Name the program and the database: node revocation.mjs PROGRAM CONNECTION');

const adminKey = crypto.randomUUID();
const admin = { Authorization: `Bearer ${adminKey}`, 'Content-Type': 'application/json' };
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

async function serve() {
  const folder = mkdtempSync(join(tmpdir(), 'liveface-revocation-'));
  const server = spawn(program, [
    'serve', '--Listen=http://127.0.0.1:0', `--Storage:Folder=${folder}`, `--Storage:Database=${database}`, '--Storage:StaleSeconds=30', '--Media:Port=0',
    '--Media:Bind:0=127.0.0.1', '--Films:Workers=0', '--Access:RequireKey=true', '--Access:RequestsPerMinute=100000',
    `--Access:Keys:0:Key=${adminKey}`, '--Access:Keys:0:Roles:0=admin',
  ], { stdio: ['ignore', 'pipe', 'inherit'] });
  const address = await new Promise((done) => {
    let said = '';
    server.stdout.on('data', (text) => {
      said += text;
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(said);
      if (found) done(found[0]);
    });
  });
  return { address, stop: () => { server.kill('SIGKILL'); rmSync(folder, { recursive: true }); } };
}

async function once(one, other) {
  const made = await (await fetch(`${one}/api/keys`, { method: 'POST', headers: admin, body: JSON.stringify({ name: 'measured', roles: ['view'] }) })).json();
  while (!(await fetch(`${other}/api/stickers`, { headers: { Authorization: `Bearer ${made.key}` } })).ok)
    await pause(20);
  const hub = new HubConnectionBuilder()
    .withUrl(`${other}/hub`, { skipNegotiation: true, transport: HttpTransportType.WebSockets, accessTokenFactory: () => made.key })
    .configureLogging(LogLevel.None).build();
  const told = new Promise((done) => hub.on('goodbye', () => done(performance.now())));
  await hub.start();
  await pause(Math.random() * 500);
  const began = performance.now();
  await fetch(`${one}/api/keys/${made.id}`, { method: 'DELETE', headers: admin });
  return await told - began;
}

const servers = [await serve(), await serve()];
try {
  const times = [];
  for (let i = 0; i < Number(keys); i++)
    times.push(await once(servers[0].address, servers[1].address));
  times.sort((a, b) => a - b);
  const at = (part) => times[Math.min(times.length - 1, Math.floor(part * times.length))].toFixed(0);
  console.log(`${keys} keys: median ${at(0.5)}, 90 % ${at(0.9)}, longest ${at(1)} ms`);
} finally {
  servers.forEach((server) => server.stop());
}
process.exit(0);
