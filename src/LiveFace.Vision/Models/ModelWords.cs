namespace LiveFace.Vision.Models;

/// <summary>The words that the catalogue and the command line use for the catalogue's enumerations.</summary>
public static class ModelWords
{
    private static readonly Dictionary<Enum, string> Unusual = new()
    {
        [ModelDecoder.FaceCells] = "facecells",
        [ModelDecoder.UltraFace] = "ultraface",
        [ModelDecoder.RetinaFace] = "retinaface",
        [ModelDecoder.BlazeFace] = "blazeface",
        [ModelDecoder.NanoDet] = "nanodet",
        [ModelDecoder.YuNet] = "yunet",
        [ModelDecoder.CenterFace] = "centerface",
        [ModelDecoder.FaceRes] = "faceres",
        [ModelDecoder.FaceMesh] = "facemesh",
        [ModelConversion.UltraFace] = "ultraface",
    };

    /// <summary>The word for a value: its name in lower case with hyphens, or the model's own spelling.</summary>
    public static string Of<T>(T value) where T : struct, Enum
    {
        if (Unusual.TryGetValue(value, out var word))
            return word;
        var name = value.ToString();
        return string.Concat(name.Select((letter, index) =>
            char.IsAsciiLetterUpper(letter) ? (index == 0 ? "" : "-") + char.ToLowerInvariant(letter) : letter.ToString()));
    }
}
