using LiveFace.Media.Sandbox.Worker;

namespace LiveFace.Decoder;

/// <summary>
/// The worker that `liveface decode-worker` is, as a program of its own: compiled ahead of time it is ready in a seventh of the
/// processor time, which each picture that somebody sends costs.
/// </summary>
internal static class Program
{
    public static int Main(string[] args) => DecodeWorker.Run(args);
}
