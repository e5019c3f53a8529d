namespace LiveFace.Media.Sandbox;

/// <summary>How a worker is started: a program, and what stands before the arguments that the server adds.</summary>
public sealed record WorkerCommand(string Program, IReadOnlyList<string> Arguments)
{
    /// <summary>The verb that a program runs <see cref="Worker.DecodeWorker"/> for.</summary>
    public const string Verb = "decode-worker";

    /// <summary>The program of this name beside what runs now.</summary>
    public static WorkerCommand Beside(string name) => new(Path.Combine(AppContext.BaseDirectory, name), [Verb]);
}
