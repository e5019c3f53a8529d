namespace LiveFace.Media.Sandbox;

/// <summary>Why a worker is no more.</summary>
public enum WorkerEnd
{
    /// <summary>Its work was done.</summary>
    Finished,

    /// <summary>It ended by itself: a crash, or the filter stopped it.</summary>
    Died,

    /// <summary>It did not answer in time and was killed.</summary>
    Hung,

    /// <summary>It answered what cannot be, and was killed.</summary>
    Lied,

    /// <summary>It could not be started, or not be confined where that is required.</summary>
    NotStarted,
}
