import { h } from '../../ui/dom.js';
import { nothing, part, table } from './parts.js';

const INTERVAL_MS = 2000;

/** The nodes of the cluster, and which room is on which. */
export class Cluster {
  static title = 'Cluster';
  #context;
  #nodes = h('div');
  #rooms = h('div');
  #timer = 0;

  constructor(context) {
    this.#context = context;
    this.element = part('Cluster', 'Servers that are one, and which of them has which room.', this.#nodes, this.#rooms);
  }

  async show() {
    clearInterval(this.#timer);
    this.#timer = setInterval(() => this.#load(), INTERVAL_MS);
    await this.#load();
  }

  hide() {
    clearInterval(this.#timer);
  }

  async #load() {
    const { api, report } = this.#context;
    try {
      const { here, nodes, rooms } = await api.json('api/cluster');
      this.#nodes.replaceChildren(table('Nodes', ['Node', 'Region', 'Address', 'Runs models on', 'Models', 'New rooms', 'Load', 'Rooms'], nodes.map((node) => [
        node.name === here ? `${node.name} (this one)` : node.name, node.region ?? '–', node.url ?? node.address, node.gpu ?? 'CPU',
        node.models?.join(', ') ?? 'not told', node.serving ? 'takes them' : 'is leaving', `${Math.round(node.load * 100)} %`, node.rooms,
      ])));
      this.#rooms.replaceChildren(rooms.length === 0 ? nothing('No room has an owner.') : table('Rooms', ['Room', 'Owner', 'Epoch'], rooms.map((room) => [
        h('a', { href: `/view/${encodeURIComponent(room.room)}`, textContent: room.room }), room.node, room.epoch,
      ])));
    } catch (error) {
      report(error);
    }
  }
}
