// How long servers take to be ready, and what they use then, in turns so that what else the machine does hits all alike.
// usage: node start.mjs PROGRAM [PROGRAM…]   (STARTS=10 each, IDLE_SECONDS=8 before memory is read)
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'node:net';
import { cpuSeconds, memoryMiB } from './harness.mjs';

const programs = process.argv.slice(2);
const starts = Number(process.env.STARTS ?? 10);
const idleSeconds = Number(process.env.IDLE_SECONDS ?? 8);
if (programs.length === 0)
  throw new Error('Name the programs: node start.mjs /before/liveface /after/liveface');

const freePort = () => new Promise((done) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => done(port));
  });
});

async function start(program) {
  const folder = mkdtempSync(join(tmpdir(), 'liveface-start-'));
  const port = await freePort();
  const began = performance.now();
  const server = spawn(program, ['serve', `--Listen=http://localhost:${port}`, '--Media:Port=0', `--Storage:Folder=${folder}`], { stdio: 'ignore' });
  try {
    // Ready means that the model of the default policy is loaded, which the first question for rooms begins.
    for (let isReady = false; !isReady;) {
      if (server.exitCode !== null)
        throw new Error(`${program} ended with ${server.exitCode}.`);
      isReady = await fetch(`http://localhost:${port}/health/ready`).then((answer) => answer.ok, () => false);
      if (!isReady)
        await new Promise((done) => setTimeout(done, 10));
    }
    const ready = performance.now() - began;
    const cpu = cpuSeconds(server.pid);
    await new Promise((done) => setTimeout(done, idleSeconds * 1000));
    return { ready, cpu, memory: memoryMiB(server.pid) };
  } finally {
    const gone = new Promise((done) => server.once('exit', done));
    if (server.exitCode === null) {
      server.kill('SIGTERM');
      await gone;
    }
    rmSync(folder, { recursive: true, force: true });
  }
}

const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
const all = programs.map(() => []);
for (let round = 0; round < starts; round++)
  for (const [at, program] of programs.entries())
    all[at].push(await start(program));
console.log('| program | ready, ms | processor time until then, s | memory when idle, MiB |\n| --- | --- | --- | --- |');
const rows = all.map((runs) => ['ready', 'cpu', 'memory'].map((name) => median(runs.map((run) => run[name]))));
for (const [at, [ready, cpu, memory]] of rows.entries())
  console.log(`| ${programs[at]} | ${ready.toFixed(0)} | ${cpu.toFixed(2)} | ${memory.toFixed(0)} |`);
for (let at = 1; at < rows.length; at++)
  console.log(`${programs[at]} over ${programs[0]}: ready ${(rows[at][0] / rows[0][0]).toFixed(2)}, processor ${(rows[at][1] / rows[0][1]).toFixed(2)}, memory ${(rows[at][2] / rows[0][2]).toFixed(2)}`);
