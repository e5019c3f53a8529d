namespace LiveFace.Redaction.FailClosed;

/// <summary>Why a whole picture is covered.</summary>
public enum CoverReason
{
    /// <summary>It is not covered.</summary>
    None,

    /// <summary>The policy asks for it.</summary>
    Asked,

    /// <summary>A model that the policy needs has not seen anything yet.</summary>
    Starting,

    /// <summary>A model that the policy needs fails.</summary>
    DetectorUnavailable,

    /// <summary>The newest detection is too old for this frame.</summary>
    DetectorLate,

    /// <summary>A model that the policy needs is not there.</summary>
    ModelMissing,

    /// <summary>The picture changed (its size, its scene, its source) and nothing has been found in the new one yet.</summary>
    Changing,

    /// <summary>An effect went wrong on this frame.</summary>
    EffectFailed,

    /// <summary>The decoder of the stream is gone, and there is no picture until the next keyframe.</summary>
    DecoderLost,

    /// <summary>Nothing comes from where the picture is made.</summary>
    NoPicture,
}
