// Many cameras that cost little, as a child process, and the clip that they send.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { limitKbps, portraitFile } from './harness.mjs';

/** Two portraits that wander over a wall with grain, as a live encoder would send them, with a keyframe each second. */
function makeClip() {
  const folder = resolve(import.meta.dirname, '../../artifacts/clips');
  const file = join(folder, `streams-${limitKbps}.ivf`);
  if (existsSync(file)) return file;
  mkdirSync(folder, { recursive: true });
  execFileSync('ffmpeg', ['-v', 'error', '-y', '-loop', '1', '-framerate', '30', '-i', portraitFile,
    '-f', 'lavfi', '-i', 'color=c=0x4a6b82:s=640x480:r=30', '-filter_complex',
    '[0:v]crop=300:300:74:0,split[a][b];[a]scale=260:260[p];[b]hflip,scale=150:150[q];'
    + "[1:v][p]overlay=x='70+60*sin(2*PI*t/4)':y='110+70*cos(2*PI*t/4)':eval=frame[m];"
    + "[m][q]overlay=x='430+40*cos(2*PI*t/2)':y='150+90*sin(2*PI*t/4)':eval=frame,noise=alls=8:allf=t,format=yuv420p",
    '-t', '8', '-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '4', '-b:v', `${limitKbps}k`, '-minrate', `${limitKbps}k`,
    '-maxrate', `${limitKbps}k`, '-g', '30', '-keyint_min', '30', '-auto-alt-ref', '0', '-lag-in-frames', '0', file]);
  return file;
}

/** The cameras of stream_load.py: each offer goes to `answer` with the number of its stream; a measurement takes so many seconds. */
export async function openLoad(answer, seconds) {
  const server = createServer(async (request, response) => {
    let offer = '';
    for await (const part of request) offer += part;
    try {
      response.end(await answer(offer, request.url.slice(1)));
    } catch (error) {
      response.statusCode = 502;
      response.end(String(error));
    }
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const child = spawn('/usr/bin/python3', [join(import.meta.dirname, 'stream_load.py'), makeClip()], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  async function ask(command) {
    child.stdin.write(command + '\n');
    const { value, done } = await lines.next();
    if (done) throw new Error('the load has ended');
    const told = JSON.parse(value);
    if (told.error) throw new Error(told.error);
    return told;
  }
  return {
    pid: child.pid,
    add: (number) => ask(`add http://127.0.0.1:${server.address().port}/${number}`),
    measure: () => ask(`measure ${seconds}`),
    close() { child.kill(); server.close(); },
  };
}
