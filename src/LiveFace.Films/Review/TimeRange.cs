namespace LiveFace.Films.Review;

/// <summary>A part of the film's time, from its first moment on and before its second.</summary>
public readonly record struct TimeRange(TimeSpan From, TimeSpan To)
{
    /// <summary>Whether a moment lies in it.</summary>
    public bool Contains(TimeSpan at) => at >= From && at < To;
}

/// <summary>What is done to sound.</summary>
public enum SoundEdit
{
    /// <summary>Silence.</summary>
    Mute,

    /// <summary>A tone in its place.</summary>
    Beep,
}

/// <summary>A part of the sound that is not to be heard.</summary>
public readonly record struct HiddenSound(TimeRange Time, SoundEdit How);

/// <summary>A box in one picture.</summary>
public readonly record struct KeyBox(int Picture, BoxF Box);
