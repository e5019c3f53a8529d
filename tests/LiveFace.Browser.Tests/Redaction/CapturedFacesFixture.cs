using LiveFace.Redaction.Policy;

namespace LiveFace.Browser.Tests.Redaction;

/// <summary>The stage of the redaction tests, with a witness who has seen the clip unhidden, and strangers.</summary>
public sealed class CapturedFacesFixture : IAsyncLifetime
{
    private const int Enough = 30;
    private readonly RedactionFixture _stage = new();

    internal FaceWitness Witness { get; private set; } = null!;

    /// <summary>What the witness makes of pictures in which nothing is hidden.</summary>
    internal IReadOnlyList<Testimony> Unhidden { get; private set; } = [];

    /// <summary>How alike the most alike of a hundred strangers is.</summary>
    internal float MostAlikeStranger { get; private set; }

    /// <summary>How alike the clip's person is in all but one in twenty of the unhidden pictures, after the codec's work.</summary>
    internal float LeastAlike { get; private set; }

    /// <summary>From here on a face counts as recognised: half-way between any stranger and the person.</summary>
    internal float Recognised => (MostAlikeStranger + LeastAlike) / 2;

    public async ValueTask InitializeAsync()
    {
        await _stage.InitializeAsync();
        Witness = await FaceWitness.CallAsync(_stage.Clip);
        Unhidden = await LookAsync(PolicyPresets.OverlayBoxes);
        var likenesses = Unhidden.Where(one => one.Number is not null).Select(one => one.Likeness).Order().ToArray();
        LeastAlike = likenesses[likenesses.Length / 20];
        MostAlikeStranger = Strangers.Likenesses(Witness).Max();
    }

    public async ValueTask DisposeAsync()
    {
        Witness.Dispose();
        await _stage.DisposeAsync();
    }

    /// <summary>
    /// What the witness makes of every picture from the first on, until enough of them show the clip and not a card.
    /// </summary>
    internal async Task<IReadOnlyList<Testimony>> LookAsync(RedactionPolicy policy)
    {
        var seen = 0;
        return await LookAsync(policy, picture =>
            (seen += FrameNumber.ReadFrom(picture.Luma, picture.Width, picture.Height) is null ? 0 : 1) >= Enough);
    }

    /// <summary>What the witness makes of every picture from the first on, until one of them is as it should be.</summary>
    internal async Task<IReadOnlyList<Testimony>> LookAsync(RedactionPolicy policy, Func<ReturnedPicture, bool> condition)
    {
        await using var call = await _stage.CallAsync($"captured-{policy.Preset}", policy);
        var pictures = await call.TakeUntilAsync(condition);
        return [.. pictures.Select(Witness.Look)];
    }
}
