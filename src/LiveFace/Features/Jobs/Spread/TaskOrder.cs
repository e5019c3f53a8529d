using LiveFace.Features.Jobs.Work;

namespace LiveFace.Features.Jobs.Spread;

/// <summary>A piece of a job's work as all machines read it: what is done with which files. Where these lie, and by which key, each machine knows itself.</summary>
internal sealed record TaskOrder
{
    /// <summary>What is to be done, without what is this machine's own.</summary>
    public required JobOrder Order { get; init; }

    /// <summary>The files that it needs: where they lie for all, and what they are called in the folder of the work.</summary>
    public required IReadOnlyList<TaskInput> Inputs { get; init; }
}

internal sealed record TaskInput(string Key, string Name);

/// <summary>What came of a piece: the worker's last word, and the files that it made, which lie under its fence.</summary>
internal sealed record TaskResult
{
    public required JobWord Word { get; init; }

    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>What was said of how far it was, last.</summary>
    public JobStep? Step { get; init; }
}
