import { Client } from '../../liveface.js';
import { readKey } from '../../ui/address.js';
import { showAdminLink } from '../../ui/admin-link.js';
import { byId, toggle } from '../../ui/dom.js';
import { MarkForm } from './form.js';
import { Preview } from './preview.js';
import { Stage } from './stage.js';
import { TakeOff } from './take-off.js';

const client = new Client({ key: readKey() });
const stage = new Stage();
const preview = new Preview(client, stage, report);
const form = new MarkForm((settings) => preview.change(settings), report);
const takeOff = new TakeOff(client, stage, report);
/** @type {File | null} */
let picture = null;
let way = 'on';
client.api.json('api/server').then(showAdminLink, report);

byId('choose').addEventListener('click', () => byId('file').click());
byId('other').addEventListener('click', () => byId('file').click());
byId('file').addEventListener('change', () => {
  open(byId('file').files[0]);
  byId('file').value = '';
});
byId('way-on').addEventListener('click', () => go('on'));
byId('way-off').addEventListener('click', () => go('off'));
byId('take-off').addEventListener('click', () => { if (picture) takeOff.run(picture); });
byId('split').addEventListener('input', () => { stage.split = byId('split').valueAsNumber / 100; });
byId('download').addEventListener('click', download);
toggle(byId('show-mask'), (on) => { stage.masked = on; });
listenForPictures();

/** Takes a picture up; both ways begin with it anew. */
function open(/** @type {File | undefined} */ file) {
  if (!file) return;
  if (!/^image\/(jpeg|png|webp)$/.test(file.type)) {
    report(new Error(`${file.name} is none of JPEG, PNG and WebP.`));
    return;
  }
  report(null);
  picture = file;
  stage.open(file);
  preview.open(file);
  takeOff.clear();
  byId('other').hidden = false;
  byId('take-off').disabled = false;
  show();
}

function go(/** @type {'on' | 'off'} */ next) {
  way = next;
  report(null);
  byId('way-on').setAttribute('aria-pressed', String(way === 'on'));
  byId('way-off').setAttribute('aria-pressed', String(way === 'off'));
  byId('on').hidden = way !== 'on';
  byId('off').hidden = way !== 'off';
  show();
}

/** What is on the stage belongs to the way that is open. */
function show() {
  if (way === 'on') {
    preview.show(form.settings);
  } else {
    preview.stop();
    takeOff.show();
  }
}

async function download() {
  if (!picture) return;
  try {
    const result = way === 'on' ? await preview.whole(form.settings) : takeOff.result;
    if (!result) return;
    const end = { 'image/png': 'png', 'image/webp': 'webp' }[result.type] ?? 'jpg';
    const link = document.createElement('a');
    link.href = URL.createObjectURL(result);
    link.download = `${picture.name.replace(/\.[^.]*$/, '')}.${way === 'on' ? 'marked' : 'unmarked'}.${end}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  } catch (error) {
    report(error);
  }
}

function report(error) {
  byId('problem').textContent = error ? error.message : '';
}

function listenForPictures() {
  addEventListener('dragover', (event) => {
    event.preventDefault();
    document.body.classList.add('dropping');
  });
  addEventListener('dragleave', () => document.body.classList.remove('dropping'));
  addEventListener('drop', (event) => {
    event.preventDefault();
    document.body.classList.remove('dropping');
    open(event.dataTransfer?.files[0]);
  });
  addEventListener('paste', (event) => open(event.clipboardData?.files[0]));
}
