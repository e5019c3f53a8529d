using LiveFace.Features.Files.Detections;

namespace LiveFace.Features.Corrections.State;

internal enum CorrectionState
{
    /// <summary>Nobody has decided yet.</summary>
    Waiting,
    Accepted,
    Rejected,
}

/// <summary>What a person says of something that a model found.</summary>
internal enum FindVerdict
{
    /// <summary>It is there.</summary>
    Right,

    /// <summary>It is there, and the person chose to show it.</summary>
    Shown,

    /// <summary>There is nothing of the kind.</summary>
    Wrong,
}

/// <summary>Something that a model found, by the person who looked at it. Places are parts of the picture.</summary>
internal sealed record CorrectionFind(string Model, string Class, float Score, PictureBox Box, FindVerdict Said);

/// <summary>Something that was missed: a box by hand.</summary>
internal sealed record CorrectionBox(string Class, PictureBox Box);

/// <summary>What is kept beside a picture.</summary>
internal sealed record CorrectionMarks(IReadOnlyList<CorrectionFind> Finds, IReadOnlyList<CorrectionBox> Drawn)
{
    /// <summary>What is in the picture, as far as the person says.</summary>
    public IEnumerable<(string Class, PictureBox Box, bool ByHand)> Truth =>
        Finds.Where(find => find.Said != FindVerdict.Wrong).Select(find => (find.Class, find.Box, false))
            .Concat(Drawn.Select(drawn => (drawn.Class, drawn.Box, true)));
}

/// <summary>A correction that is kept.</summary>
internal sealed record CorrectionRecord(
    string Id, DateTimeOffset Created, DateTimeOffset Expires, CorrectionState State, int Width, int Height, long Bytes, string Sha256, int Exports,
    CorrectionMarks Marks);
