import { byId, h } from '../../ui/dom.js';

const INTERVAL_MS = 1000;

/** Which way the media takes, and what is blocked when it takes none. */
export class ConnectionPanel {
  #root = byId('connection');
  #call;

  constructor(call, server) {
    this.#call = call;
    const panel = byId('connection-panel');
    let timer = 0;
    panel.addEventListener('toggle', () => {
      clearInterval(timer);
      if (!panel.open) return;
      this.#show(server);
      timer = setInterval(() => this.#show(server), INTERVAL_MS);
    });
  }

  async #show(server) {
    const path = await this.#call.diagnostics();
    if (!path) {
      this.#root.replaceChildren(h('p', { className: 'soft', textContent: 'Not connected.' }));
      return;
    }
    const end = (one) => one ? `${one.address ?? 'hidden'}:${one.port ?? '?'} (${one.type}, ${one.protocol})` : '–';
    const rows = {
      State: path.state,
      'This browser': end(path.path?.local),
      Server: end(path.path?.remote),
      'Round trip': path.roundTripMs != null ? `${path.roundTripMs.toFixed(1)} ms` : '–',
      Encryption: path.dtls ?? '–',
      Freezes: String(path.video?.freezes ?? 0),
    };
    const list = h('dl', { className: 'statistics' }, Object.entries(rows).flatMap(([name, value]) => [h('dt', { textContent: name }), h('dd', { textContent: value })]));
    const blocked = path.path ? [] : [h('p', { className: 'notice', textContent:
      `No way through yet. Tried ${path.tried.length} pair(s). A firewall may block UDP port ${server.media.udpPort}` +
      `${server.media.tcpPort ? ` and TCP port ${server.media.tcpPort}` : ''} of the server.` })];
    this.#root.replaceChildren(list, ...blocked);
  }
}
