using LiveFace.Redaction.FailClosed;

namespace LiveFace.Redaction;

/// <summary>What a covered picture says.</summary>
internal static class CoverTexts
{
    public static string For(CoverReason reason) => reason switch
    {
        CoverReason.Asked => "covered",
        CoverReason.Starting => "starting",
        CoverReason.DetectorUnavailable => "detector unavailable",
        CoverReason.ModelMissing => "detector unavailable: model missing",
        CoverReason.DetectorLate => "detector late",
        CoverReason.DecoderLost => "one moment",
        CoverReason.NoPicture => "no picture",
        _ => "",
    };
}
