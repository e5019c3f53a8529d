using LiveFace.Features.Corrections.State;

namespace LiveFace.Features.Corrections;

/// <summary>Whether corrections are taken, and for how long they are kept: what whoever sends one agrees to.</summary>
internal sealed record CorrectionTerms(bool Enabled, int KeepDays);

/// <summary>The answer to whoever sent one: the only time that its link is told.</summary>
internal sealed record CorrectionReceipt(string Id, DateTimeOffset Expires, string Withdraw);

/// <summary>A correction as it is told to who decides about it.</summary>
internal sealed record Correction(
    string Id, DateTimeOffset Created, DateTimeOffset Expires, CorrectionState State, int Width, int Height, long Bytes, int Exports,
    IReadOnlyList<CorrectionFind> Finds, IReadOnlyList<CorrectionBox> Drawn)
{
    public static Correction Of(CorrectionRecord one) => new(
        one.Id, one.Created, one.Expires, one.State, one.Width, one.Height, one.Bytes, one.Exports, one.Marks.Finds, one.Marks.Drawn);
}

internal sealed record CorrectionPage(int Total, IReadOnlyList<Correction> Corrections);

internal sealed record CorrectionDecision(CorrectionState? State);

/// <summary>What a link is for. It comes in the body, so that it is in no log of addresses.</summary>
internal sealed record CorrectionClaim(string? Secret);

/// <summary>What a withdrawn correction was; how often it had been exported before.</summary>
internal sealed record CorrectionWithdrawn(string Id, DateTimeOffset Created, int Exports);
