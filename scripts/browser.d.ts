// What Chromium has and TypeScript's DOM does not know yet (https://w3c.github.io/mediacapture-transform/).

declare class MediaStreamTrackProcessor {
  constructor(options: { track: MediaStreamTrack; maxBufferSize?: number });
  readonly readable: ReadableStream<VideoFrame>;
}

declare class MediaStreamTrackGenerator extends MediaStreamTrack {
  constructor(options: { kind: 'audio' | 'video' });
  readonly writable: WritableStream<VideoFrame>;
}

// Served beside the pages out of its npm package.
declare module '*/lib/signalr.js';
