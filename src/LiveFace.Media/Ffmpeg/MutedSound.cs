namespace LiveFace.Media.Ffmpeg;

/// <summary>A part of the sound that is not to be heard, on its source's clock: silence, or a tone in its place.</summary>
public readonly record struct MutedSound(TimeSpan From, TimeSpan To, bool IsTone)
{
    /// <summary>The most of them in one film; each is asked about for each sample.</summary>
    public const int Most = 500;
}
