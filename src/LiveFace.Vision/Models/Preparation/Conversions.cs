using LiveFace.Vision.Models.Onnx;

namespace LiveFace.Vision.Models.Preparation;

/// <summary>The conversions by their names in the catalogue. A changed conversion gets a new version, so that models made by the old one are made again.</summary>
internal static class Conversions
{
    public static int VersionOf(ModelConversion conversion) => conversion switch
    {
        ModelConversion.Constants => ConstantsConversion.Version,
        ModelConversion.UltraFace => UltraFaceConversion.Version,
        ModelConversion.Tfjs => TfjsConversion.Version,
        _ => 1,
    };

    /// <summary>The files' content as ONNX.</summary>
    public static byte[] Run(ModelEntry entry, byte[] model, byte[]? weights) => entry.Conversion switch
    {
        ModelConversion.Constants => ConstantsConversion.Run(model),
        ModelConversion.UltraFace => UltraFaceConversion.Run(model),
        ModelConversion.Tfjs => TfjsConversion.Run(model, weights, freesSize: entry.Input.Step > 0),
        _ => model,
    };
}
