using LiveFace.Features.Corrections.State;

namespace LiveFace.Features.Corrections.Export;

internal enum ExportFormat
{
    /// <summary>One file of annotations for each part.</summary>
    Coco,

    /// <summary>A file of labels beside each picture.</summary>
    Yolo,
}

/// <summary>The part of a set that a picture belongs to.</summary>
internal enum ExportPart
{
    Train,
    Validation,
}

internal static class ExportParts
{
    /// <summary>Of 256 pictures, so many are for validation: a tenth.</summary>
    private const int Validation = 26;

    /// <summary>By what the picture shows: the same picture is in the same part in every export, however often it was sent.</summary>
    public static ExportPart Of(CorrectionRecord one) =>
        Convert.FromHexString(one.Sha256.AsSpan(0, 2))[0] < Validation ? ExportPart.Validation : ExportPart.Train;

    public static string NameOf(ExportPart part) => part == ExportPart.Train ? "train" : "validation";
}
