// The worker that `liveface decode-worker` is, as a program of its own: compiled ahead of time it is ready in a seventh of the
// processor time, which each picture that somebody sends costs.
return LiveFace.Media.Sandbox.Worker.DecodeWorker.Run(args);
