/** LiveFace's SDK for the browser. The types of the messages are those of docs/reference/protocol.md. */

export type Role = 'publish' | 'view' | 'control' | 'join' | 'review' | 'admin';
export interface Box { x: number; y: number; width: number; height: number }
export interface Point { x: number; y: number }
export interface When {
  model: string; classes: string[] | 'all'; exceptClasses?: string[];
  trackIds?: number[] | null; exceptTrackIds?: number[]; exceptPeople?: string[]; ageUnder?: number | null; minScore?: number | null;
}
export interface How {
  effect: 'blur' | 'mosaic' | 'solid' | 'glyph' | 'sticker' | 'remove' | 'box';
  strength?: number; color?: string; padding?: number; label?: boolean; sticker?: string | null;
}
export interface Rule { when: When; where: 'box' | 'ellipse' | 'outline'; how: How }
export interface Zone { id?: string | null; shape: 'rectangle' | 'ellipse' | 'polygon'; box?: Box | null; points?: Point[] | null; how?: How | null }
/** A text, or a sticker, over the picture. */
export interface Watermark {
  text?: string; sticker?: string | null; opacity?: number;
  place?: 'tiled' | 'single' | 'top-left' | 'top-right' | 'bottom-left' | 'bottom-right';
  size?: number | null; angle?: number; spacing?: number | null; blend?: 'normal' | 'multiply' | 'screen'; color?: string | null;
}
/** The picture follows who is in it. */
export interface Framing { subject?: 'main' | 'group'; size?: number; closest?: number }
export interface PolicyInput {
  preset?: string | null; rules?: Rule[]; zones?: Zone[]; background?: How | null;
  watermark?: Watermark | null; framing?: Framing | null;
  cover?: boolean; nothingHidden?: boolean; strict?: boolean; maximumAgeMs?: number | null; lookAheadFrames?: number; smallestFace?: number | null;
  read?: ('age' | 'gender' | 'emotion')[];
}
export interface Policy extends Required<PolicyInput> { version: number }
export interface Detections {
  room: string; rtpTimestamp: number; frame: number; width: number; height: number; detected: boolean; view: Box | null;
  objects: { track: number; model: string; class: string; score: number; box: Box; hidden: boolean; attributes: FaceAttributes | null }[];
}
/** What is in one picture: docs/reference/detections.md. */
export interface PictureDetections {
  width: number; height: number; look: 'thorough' | 'quick'; covered: boolean; objects: PictureObject[];
}
export interface PictureObject {
  model: string; class: string; score: number; box: Box; hidden: boolean;
  landmarks: Point[] | null; outline: Point[][] | null; attributes: FaceAttributes | null;
}
export interface FaceAttributes {
  age: { years: number; low: number; high: number } | null;
  gender: { value: 'female' | 'male' | 'unsure'; certainty: number } | null;
  emotion: { value: string; certainty: number } | null;
}
/** The main object of one picture: docs/reference/crops.md. */
export interface PictureCrop {
  width: number; height: number; box: Box; by: 'faces' | 'objects' | 'saliency' | 'middle'; class: string | null; certainty: number; unsure: boolean;
}
/** The outline of what is in a box: polygons, the largest first; none where nothing stands out. */
export interface BoxOutline { width: number; height: number; outline: Point[][] }
export interface RoomState {
  room: string;
  publisher: null | { since: string; codec: string | null; width: number; height: number; audio: boolean };
  viewers: number; members: number; cover: string; policyVersion: number; muted: boolean; reads: string[];
}
export interface Notice { room: string; level: 'info' | 'warning' | 'error'; code: string; message: string }
export interface ShareLink { id: string; token: string; roles: Role[]; pattern: string; expires: string; url: string; whip: string | null; whep: string | null }
export interface Spread { p50: number; p95: number }
export interface RoomStats {
  room: string; time: string;
  video: { codecIn: string | null; width: number; height: number; fpsIn: number; fpsOut: number; kbpsIn: number; kbpsOut: number };
  stages: Record<'decode' | 'detect' | 'track' | 'redact' | 'encode' | 'total', Spread>;
  drops: Record<string, number>;
  detector: { model: string; device: string; fps: number; ageMs: number; state: string };
  cover: string;
  unseenPercent: number;
  publisher: null | { roundTripMs: number | null; jitterMs: number; lossPercent: number; kbpsIn: number; kbpsOut: number; targetKbps: number; transport: 'udp' | 'tcp' | null };
  viewers: number;
}

export type CallState = 'idle' | 'connecting' | 'live' | 'reconnecting' | 'failed' | 'closed';
export type ViewerState = 'connecting' | 'waiting' | 'live' | 'reconnecting' | 'failed' | 'closed';

/** What may be shown to a user as it is; `code` is stable and for programs. */
export class LiveFaceError extends Error {
  readonly code: string;
  readonly permanent: boolean;
  readonly retryAfter: number | null;
}

export interface Path {
  state: RTCPeerConnectionState;
  dtls: string | null;
  roundTripMs: number | null;
  path: null | { local: CandidateEnd; remote: CandidateEnd };
  tried: { local: CandidateEnd; remote: CandidateEnd; state: string }[];
  video: null | { width: number; height: number; framesPerSecond: number; framesDropped: number; packetsLost: number; freezes: number };
}
export interface CandidateEnd { type: string; protocol: string; address: string | null; port: number | null }

interface RoomEvents {
  picture: MediaStream | null;
  detections: Detections;
  stats: RoomStats;
  roomState: RoomState;
  notice: Notice;
  error: LiveFaceError;
}
export interface CallEvents extends RoomEvents { state: CallState; policy: Policy; sourceended: MediaStreamTrack }
export interface ViewerEvents extends RoomEvents { state: ViewerState }

export class Call {
  readonly room: string;
  readonly roles: Role[];
  readonly state: CallState;
  /** The server's own stream, for showing at once; another one after each reconnect. */
  readonly picture: MediaStream | null;
  /** The safe stream: its video track lasts as long as the call and carries the server's picture or a plain card. */
  readonly output: MediaStream;
  readonly peer: RTCPeerConnection | null;
  readonly policy: {
    readonly current: Policy;
    readonly wished: PolicyInput | null;
    set(policy: PolicyInput, options?: { onlyIf?: number }): Promise<Policy>;
    preset(id: string): Promise<Policy>;
    update(change: (draft: Policy) => void): Promise<Policy>;
  };
  publish(stream: MediaStream, options?: { policy?: PolicyInput | null; floor?: PolicyInput | null }): Promise<MediaStream>;
  /** Below this nobody else goes while this call publishes; null is no floor. */
  setFloor(floor: PolicyInput | null): Promise<void>;
  unpublish(): Promise<void>;
  share(options?: { roles?: Role[]; minutes?: number; pattern?: string }): Promise<ShareLink>;
  unshare(): Promise<void>;
  diagnostics(): Promise<Path | null>;
  on<E extends keyof CallEvents>(event: E, handler: (value: CallEvents[E]) => void): () => void;
  close(): Promise<void>;
}

export class Viewer {
  readonly room: string;
  readonly state: ViewerState;
  readonly picture: MediaStream | null;
  readonly peer: RTCPeerConnection | null;
  diagnostics(): Promise<Path | null>;
  on<E extends keyof ViewerEvents>(event: E, handler: (value: ViewerEvents[E]) => void): () => void;
  close(): Promise<void>;
}

/** What a person marked in one picture: docs/reference/protocol.md, Pictures. */
export interface PictureMarks { hide?: HideMark[]; keep?: KeepMark[] }
export interface HideMark { shape: 'rectangle' | 'ellipse' | 'polygon' | 'brush'; box?: Box | null; points?: Point[] | null; width?: number | null; class?: string | null; how?: How | null }
export interface KeepMark { model: string; box: Box }
export interface RedactOptions { preset?: string; policy?: PolicyInput; marks?: PictureMarks; room?: string; signal?: AbortSignal }
/** `mark` is a picture with transparency, in the place of `text` and `sticker`. */
export interface WatermarkOptions extends Watermark { mark?: Blob; signal?: AbortSignal }
/** A picture without its mark: docs/reference/watermarks.md. */
export interface WatermarkRemoval {
  width: number; height: number; marked: boolean; share: number; confidence: number | null;
  /** Media type of the pictures, which are base64; `mask` is a PNG. */
  type: string; before: string; after: string; mask: string;
}
export interface RedactedPicture {
  picture: Blob;
  /** How many things the models were sure of. */
  found: number;
  /** How many finds are shown because marks keep them: fewer than were marked where the server's floor hides them. */
  kept: number;
}

/** Corrections and feedback: docs/reference/corrections.md. */
export interface CorrectionTerms { enabled: boolean; keepDays: number }
export interface CorrectionFind { model: string; class: string; score: number; box: Box; said: 'right' | 'shown' | 'wrong' }
export interface CorrectionBox { class: string; box: Box }
export interface CorrectionOptions { keepDays: number; finds?: CorrectionFind[]; drawn?: CorrectionBox[]; signal?: AbortSignal }
export interface CorrectionReceipt { id: string; expires: string; withdraw: string }
export interface CorrectionWithdrawn { id: string; created: string; exports: number }
export interface NewFeedback { thumb: 'up' | 'down'; about?: 'picture' | 'film' | 'room' | 'watermark'; words?: string; correction?: string | null }
export interface FeedbackInfo {
  id: string; created: string; expires: string; thumb: 'up' | 'down'; about: 'picture' | 'film' | 'room' | 'watermark'; words: string; correction: string | null;
}

/** People who agreed to be left alone: docs/reference/people.md. */
export interface Person { id: string; created: string; expires: string; rooms: string; state: 'ready' | 'unreadable' }
export interface PersonOrder { consent: boolean; days: number; rooms?: string }
export interface PersonReceipt { id: string; created: string; expires: string; rooms: string; withdraw: string }
export interface PersonWithdrawn { id: string }

/** Things to be found again by how they look, and never people: docs/reference/search.md. */
export type Metadata = Record<string, string | number | boolean>;
export interface Collection { name: string; ofPictures: boolean; dimensions: number; items: number; created: string }
export interface CollectionItem { id: string; metadata: Metadata; created: string }
export interface Neighbour { id: string; distance: number; metadata: Metadata }
export interface Neighbours { complete: boolean; found: Neighbour[] }

export interface DetectOptions { models?: string[]; preset?: string; room?: string; look?: 'thorough' | 'quick'; attributes?: ('age' | 'gender' | 'emotion')[]; signal?: AbortSignal }
interface Where { server?: string; key?: string | null }
interface What { room: string; detectionsPerSecond?: number; stats?: boolean }
/** Where a room that is not there yet is made, in a cluster. */
interface Whereabouts { region?: string; gpu?: boolean }

/** Plain HTTP with the client's key. */
export interface Api {
  readonly server: string;
  readonly key: string | null;
  request(path: string, options?: RequestInit & { headers?: Record<string, string> }): Promise<Response>;
  json(path: string, options?: { body?: unknown; method?: string; headers?: Record<string, string>; signal?: AbortSignal; keepalive?: boolean }): Promise<any>;
}

/** A server and a key; what is made through one client shares one hub connection. */
export class Client {
  constructor(where?: Where);
  readonly api: Api;
  connect(what: What & Whereabouts): Promise<Call>;
  view(what: What): Promise<Viewer>;
  /** What is in a picture (JPEG, PNG or WebP), with what its policy would hide. */
  detect(picture: Blob, options?: DetectOptions): Promise<PictureDetections>;
  /** A picture made safe, by a policy and by what a person marked in it. */
  redact(picture: Blob, options?: RedactOptions): Promise<RedactedPicture>;
  /** A picture with a mark put on. */
  watermark(picture: Blob, options: WatermarkOptions): Promise<Blob>;
  /** A picture of your own without its mark. */
  unmark(picture: Blob, options?: { signal?: AbortSignal }): Promise<WatermarkRemoval>;
  /** The box of a picture's main object. */
  crop(picture: Blob, options?: { signal?: AbortSignal }): Promise<PictureCrop>;
  /** The polygons round what is in a box, which is given in parts of the picture. */
  outline(picture: Blob, box: Box, options?: { signal?: AbortSignal }): Promise<BoxOutline>;
  /** Whether the server takes corrections, and for how many days it keeps them. */
  correctionTerms(options?: { signal?: AbortSignal }): Promise<CorrectionTerms>;
  /** Sends a picture as it is, with what a person says of it, by their leave. */
  sendCorrection(picture: Blob, correction: CorrectionOptions): Promise<CorrectionReceipt>;
  /** Deletes a correction by the link of its receipt, at once. */
  withdrawCorrection(link: string, options?: { signal?: AbortSignal }): Promise<CorrectionWithdrawn>;
  sendFeedback(feedback: NewFeedback, options?: { signal?: AbortSignal }): Promise<FeedbackInfo>;
  /** People who agreed to be left alone: of a room, or all. */
  people(options?: { room?: string; signal?: AbortSignal }): Promise<Person[]>;
  /** Enrols somebody who agreed, by three to eight pictures, of which the server keeps none. */
  enrol(id: string, pictures: Blob[], person: PersonOrder & { signal?: AbortSignal }): Promise<PersonReceipt>;
  /** Forgets somebody, at once and in every room. */
  removePerson(id: string, options?: { signal?: AbortSignal }): Promise<null>;
  /** The same by the link of their receipt, without a key. */
  withdrawPerson(link: string, options?: { signal?: AbortSignal }): Promise<PersonWithdrawn>;
  /** Makes a collection: of pictures, or of vectors of so many numbers. */
  makeCollection(name: string, options?: { dimensions?: number; signal?: AbortSignal }): Promise<Collection>;
  /** Adds the main object of a picture, which is not kept, or a vector. Faces and persons are refused. */
  putItem(name: string, id: string, what: Blob | number[], options?: { metadata?: Metadata; signal?: AbortSignal }): Promise<CollectionItem>;
  /** The items nearest to the main object of a picture, or to a vector. */
  search(name: string, what: Blob | number[], options?: { count?: number; filter?: Record<string, unknown>; signal?: AbortSignal }): Promise<Neighbours>;
  /** Deletes an item, or without an id the whole collection. */
  removeFromCollection(name: string, options?: { id?: string; signal?: AbortSignal }): Promise<null>;
  watch(prefix: string, listener: (state: RoomState) => void): Promise<RoomState[]>;
  close(): Promise<void>;
}

export const LiveFace: {
  connect(options: Where & What): Promise<Call>;
  view(options: Where & What): Promise<Viewer>;
  detect(picture: Blob, options?: Where & DetectOptions): Promise<PictureDetections>;
  redact(picture: Blob, options?: Where & RedactOptions): Promise<RedactedPicture>;
  watermark(picture: Blob, options: Where & WatermarkOptions): Promise<Blob>;
  unmark(picture: Blob, options?: Where & { signal?: AbortSignal }): Promise<WatermarkRemoval>;
  crop(picture: Blob, options?: Where & { signal?: AbortSignal }): Promise<PictureCrop>;
  outline(picture: Blob, box: Box, options?: Where & { signal?: AbortSignal }): Promise<BoxOutline>;
  openCamera(constraints?: MediaStreamConstraints): Promise<MediaStream>;
};
