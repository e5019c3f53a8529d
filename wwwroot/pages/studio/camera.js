import { LiveFace } from '../../liveface.js';
import { byId, h, toggle } from '../../ui/dom.js';

/** The choice of camera, resolution and microphone, and the picture that only the user sees. */
export class CameraPanel {
  #video = byId('camera');
  #choice = byId('camera-choice');
  #resolution = byId('resolution');
  #microphone = byId('microphone');
  #onChange;
  stream = null;

  /** `onChange()` is called when another camera or size is chosen while one is open. */
  constructor(onChange) {
    this.#onChange = onChange;
    this.#resolution.value = localStorage.getItem('resolution') ?? '640x480';
    this.#resolution.addEventListener('change', () => {
      localStorage.setItem('resolution', this.#resolution.value);
      this.#changed();
    });
    this.#choice.addEventListener('change', () => {
      localStorage.setItem('camera', this.#choice.value);
      this.#changed();
    });
    toggle(this.#microphone, () => this.#changed());
    navigator.mediaDevices?.addEventListener('devicechange', () => this.#list());
    this.#list();
  }

  /** Opens what is chosen and shows it. The camera that was open before is closed first: some give one stream only. */
  async open() {
    this.close();
    const [width, height] = this.#resolution.value.split('x').map(Number);
    const device = this.#choice.value;
    this.stream = await LiveFace.openCamera({
      video: { width: { ideal: width }, height: { ideal: height }, frameRate: { ideal: 30 }, deviceId: device ? { ideal: device } : undefined },
      audio: this.#microphone.getAttribute('aria-pressed') === 'true',
    });
    this.#video.srcObject = this.stream;
    await this.#list();
    return this.stream;
  }

  close() {
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.stream = null;
    this.#video.srcObject = null;
  }

  #changed() {
    if (this.stream) this.#onChange();
  }

  async #list() {
    const devices = await navigator.mediaDevices?.enumerateDevices() ?? [];
    const cameras = devices.filter((device) => device.kind === 'videoinput');
    const current = this.stream?.getVideoTracks()[0]?.getSettings().deviceId ?? localStorage.getItem('camera') ?? '';
    this.#choice.replaceChildren(...cameras.map((camera, index) =>
      h('option', { value: camera.deviceId, textContent: camera.label || `Camera ${index + 1}` })));
    if (cameras.length === 0) this.#choice.append(h('option', { value: '', textContent: 'No camera found' }));
    if (cameras.some((camera) => camera.deviceId === current)) this.#choice.value = current;
  }
}
