// LiveFace's SDK for the browser: a camera goes through the server, a picture that is safe to show comes back.

import { Api } from './sdk/api.js';
import { Call } from './sdk/call.js';
import { makeCollection, putItem, removeFromCollection, search } from './sdk/collections.js';
import { correctionTerms, sendCorrection, sendFeedback, withdrawCorrection } from './sdk/corrections.js';
import { enrol, people, removePerson, withdrawPerson } from './sdk/people.js';
import { LiveFaceError, fromDevice } from './sdk/errors.js';
import { Hub } from './sdk/hub.js';
import { crop, detect, outline, redact, unmark, watermark } from './sdk/pictures.js';
import { Viewer } from './sdk/viewer.js';

export { LiveFaceError };

/** A server and a key; what is made through one client shares one hub connection. */
export class Client {
  #hub = null;

  constructor({ server = new URL('.', import.meta.url).href, key = null } = {}) {
    this.api = new Api(server, key);
  }

  get hub() {
    return this.#hub ??= new Hub(this.api);
  }

  /** Joins a room to publish into it and to change its settings. */
  async connect({ room, detectionsPerSecond = 10, stats = false, region, gpu }) {
    const call = new Call(this.api, this.hub, room);
    await call.join({ detectionsPerSecond, stats, region, gpu });
    return call;
  }

  /** Watches a room. */
  async view({ room, detectionsPerSecond = 0, stats = false }) {
    const viewer = new Viewer(this.api, this.hub, room);
    if (detectionsPerSecond > 0 || stats) await viewer.join({ detectionsPerSecond, stats });
    viewer.start();
    return viewer;
  }

  /** What is in a picture (a Blob), with what its policy would hide. */
  detect(picture, options = {}) {
    return detect(this.api, picture, options);
  }

  /** A picture (a Blob) made safe, by a policy and by what a person marked in it. */
  redact(picture, options = {}) {
    return redact(this.api, picture, options);
  }

  /** A picture (a Blob) with a mark put on: a text, a sticker, or a picture of your own. */
  watermark(picture, options) {
    return watermark(this.api, picture, options);
  }

  /** A picture (a Blob) of your own without its mark: both, the mask, and how sure it is. */
  unmark(picture, options = {}) {
    return unmark(this.api, picture, options);
  }

  /** The box of a picture's main object. */
  crop(picture, options = {}) {
    return crop(this.api, picture, options);
  }

  /** The polygons round what is in a box of a picture. */
  outline(picture, box, options = {}) {
    return outline(this.api, picture, box, options);
  }

  /** Whether the server takes corrections, and for how many days it keeps them. */
  correctionTerms(options = {}) {
    return correctionTerms(this.api, options);
  }

  /** Sends a picture (a Blob) as it is, with what a person says of it, by their leave: the receipt has the link to withdraw it. */
  sendCorrection(picture, correction) {
    return sendCorrection(this.api, picture, correction);
  }

  /** Deletes a correction by the link of its receipt. */
  withdrawCorrection(link, options = {}) {
    return withdrawCorrection(this.api, link, options);
  }

  /** Sends a thumb, and words. */
  sendFeedback(feedback, options = {}) {
    return sendFeedback(this.api, feedback, options);
  }

  /** People who agreed to be left alone: of a room, or all. */
  people(options = {}) {
    return people(this.api, options);
  }

  /** Enrols somebody who agreed, by three to eight pictures (Blobs), of which the server keeps none: the receipt has the link to withdraw. */
  enrol(id, pictures, person) {
    return enrol(this.api, id, pictures, person);
  }

  /** Forgets somebody, at once and in every room. */
  removePerson(id, options = {}) {
    return removePerson(this.api, id, options);
  }

  /** The same by the link of their receipt. */
  withdrawPerson(link, options = {}) {
    return withdrawPerson(this.api, link, options);
  }

  /** Makes a collection: of pictures, or of vectors of so many `dimensions`. */
  makeCollection(name, options = {}) {
    return makeCollection(this.api, name, options);
  }

  /** Adds the main object of a picture (a Blob), which is not kept, or a vector. Faces and persons are refused. */
  putItem(name, id, what, options = {}) {
    return putItem(this.api, name, id, what, options);
  }

  /** The items nearest to the main object of a picture (a Blob), or to a vector. */
  search(name, what, options = {}) {
    return search(this.api, name, what, options);
  }

  /** Deletes an item, or without an id the whole collection. */
  removeFromCollection(name, options = {}) {
    return removeFromCollection(this.api, name, options);
  }

  /** Tells of every room whose name begins with `prefix`. */
  watch(prefix, listener) {
    return this.hub.watch(prefix, listener);
  }

  async close() {
    await this.#hub?.close();
  }
}

export const LiveFace = {
  /** One call with a connection of its own. */
  async connect({ server, room, key, ...options }) {
    const client = new Client({ server, key });
    const call = await client.connect({ room, ...options });
    closeTogether(call, client);
    return call;
  },

  /** One viewer with a connection of its own. */
  async view({ server, room, key, ...options }) {
    const client = new Client({ server, key });
    const viewer = await client.view({ room, ...options });
    closeTogether(viewer, client);
    return viewer;
  },

  /** What is in a picture (a Blob), with what its policy would hide. */
  detect(picture, { server, key, ...options } = {}) {
    return new Client({ server, key }).detect(picture, options);
  },

  /** A picture (a Blob) made safe, by a policy and by what a person marked in it. */
  redact(picture, { server, key, ...options } = {}) {
    return new Client({ server, key }).redact(picture, options);
  },

  /** A picture (a Blob) with a mark put on: a text, a sticker, or a picture of your own. */
  watermark(picture, { server, key, ...options }) {
    return new Client({ server, key }).watermark(picture, options);
  },

  /** A picture (a Blob) of your own without its mark: both, the mask, and how sure it is. */
  unmark(picture, { server, key, ...options } = {}) {
    return new Client({ server, key }).unmark(picture, options);
  },

  /** The box of a picture's main object. */
  crop(picture, { server, key, ...options } = {}) {
    return new Client({ server, key }).crop(picture, options);
  },

  /** The polygons round what is in a box of a picture. */
  outline(picture, box, { server, key, ...options } = {}) {
    return new Client({ server, key }).outline(picture, box, options);
  },

  /** Opens a camera (and microphone); what goes wrong is a LiveFaceError that tells the user what to do. */
  async openCamera(constraints = { video: { width: 640, height: 480, frameRate: 30 }, audio: true }) {
    if (!navigator.mediaDevices) throw fromDevice(new DOMException('no media devices', 'SecurityError'));
    try {
      return await navigator.mediaDevices.getUserMedia(constraints);
    } catch (error) {
      throw fromDevice(error);
    }
  },
};

function closeTogether(one, client) {
  const close = one.close.bind(one);
  one.close = async () => {
    await close();
    await client.close();
  };
}
