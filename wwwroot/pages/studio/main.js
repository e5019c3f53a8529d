import { Client } from '../../liveface.js';
import { CameraPanel } from './camera.js';
import { ConnectionPanel } from './connection.js';
import { FramingPanel } from './framing.js';
import { inWhole } from './geometry.js';
import { showAdminLink } from '../../ui/admin-link.js';
import { byId, toggle } from '../../ui/dom.js';
import { Overlay } from './overlay.js';
import { PeoplePanel } from './people.js';
import { PreparationNotice } from './preparation.js';
import { PresetPanel } from './presets.js';
import { MarginSlider } from './margin.js';
import { ReadingPanel } from './reading.js';
import { showReads } from '../../ui/reads.js';
import { RulesPanel } from '../../ui/rules.js';
import { SafetyPanel } from './safety.js';
import { SeenPanel } from './seen.js';
import { SharePanel } from './share.js';
import { StatisticsPanel } from './statistics.js';
import { stickerField } from '../../ui/stickers.js';
import { ZonesPanel } from './zones.js';
import { readKey, readRoom } from '../../ui/address.js';

const STATES = {
  idle: 'Not started', connecting: 'Connecting…', live: 'Live', reconnecting: 'Reconnecting…', failed: 'Failed', closed: 'Ended', waiting: 'Waiting…',
};

const stages = byId('stages');
const result = byId('result');
const start = byId('start');
const overlay = new Overlay(result, byId('overlay'));

const key = readKey();
const client = new Client({ key });
const call = await connect();
if (call) await build(call);

async function connect() {
  try {
    return await client.connect({ room: readRoom(), detectionsPerSecond: 30, stats: true });
  } catch (error) {
    report(error);
    // A server that is just starting is worth a second try; a wrong key is not.
    if (!error.permanent) setTimeout(() => location.reload(), 3000);
    return null;
  }
}

async function build(call) {
  const [presets, models, effects, defaults, server] = await Promise.all(
    ['api/presets', 'api/models', 'api/effects', 'api/defaults', 'api/server'].map((path) => client.api.json(path)));

  const update = async (change) => {
    try {
      await call.policy.update(change);
      report(null);
    } catch (error) {
      report(error);
      panels.forEach((panel) => panel.show?.(call.policy.current));
    }
  };
  const seen = new SeenPanel(defaults, update, () => (camera.stream ? byId('camera') : result));
  const statistics = new StatisticsPanel();
  const preparation = new PreparationNotice(client.api);
  const panels = [
    new PresetPanel(presets, (preset) => call.policy.preset(preset.id).catch(report)),
    new RulesPanel(models, effects.filter((effect) => effect.live), defaults, update,
      (effect, chosen, choose) => stickerField(client.api, effect, chosen, choose, report), { ages: defaults.bounds.ageUnder }),
    new MarginSlider(defaults, update),
    new PeoplePanel(client, call.room, update),
    new ZonesPanel(overlay, update),
    new FramingPanel(update, defaults.framing),
    new ReadingPanel(update),
    new SafetyPanel(presets, defaults, update, (floor) => call.setFloor(floor).catch(report)),
    seen,
    preparation,
  ];
  showAdminLink(server);
  new SharePanel(call, server);
  new ConnectionPanel(call, server);

  const showPolicy = (policy) => panels.forEach((panel) => panel.show(policy));
  call.on('policy', showPolicy);
  showPolicy(call.policy.current);
  call.on('detections', (detections) => {
    overlay.push(detections);
    // The camera's own picture is never cropped.
    const { objects, view } = detections;
    seen.push(camera.stream ? { objects: objects.map((object) => ({ ...object, box: inWhole(object.box, view) })) } : detections);
  });
  call.on('roomState', (state) => { preparation.roomState(state); showReads(byId('reads'), state); });
  call.on('stats', (stats) => statistics.push(stats));
  call.on('state', showState);
  call.on('error', report);
  call.on('notice', (notice) => { if (notice.level === 'error' || notice.code === 'person-hidden') report(new Error(notice.message)); });
  call.on('picture', (picture) => {
    result.srcObject = picture;
    byId('empty').hidden = picture !== null;
    if (picture === null) { overlay.clear(); seen.clear(); }
  });

  const camera = new CameraPanel(() => publish());
  call.on('sourceended', () => {
    report(new Error('The camera was unplugged or taken away. Choose another one, or plug it in and start again.'));
    stop();
  });

  async function publish() {
    start.disabled = true;
    report(null);
    try {
      await call.publish(await camera.open());
      start.textContent = 'Stop';
    } catch (error) {
      camera.close();
      await call.unpublish();
      start.textContent = 'Start camera';
      report(error);
    } finally {
      start.disabled = false;
    }
  }

  async function stop() {
    camera.close();
    await call.unpublish();
    start.textContent = 'Start camera';
    statistics.clear();
  }

  start.addEventListener('click', () => (camera.stream ? stop() : publish()));
  toggle(byId('mirror'), (on) => {
    stages.classList.toggle('mirrored', on);
    overlay.mirrored = on;
  });
  toggle(byId('only-result'), (on) => stages.classList.toggle('only-result', on));
  toggle(byId('show-boxes'), (on) => { overlay.boxes = on; overlay.draw(); });
  start.disabled = false;
}

function showState(state) {
  const pill = byId('state');
  pill.dataset.state = state;
  pill.textContent = STATES[state] ?? state;
  if (state === 'live') report(null);
}

function report(error) {
  byId('problem').textContent = error?.message ?? '';
}
