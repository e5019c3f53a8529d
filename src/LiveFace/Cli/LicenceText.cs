using LiveFace.Vision.Models;

namespace LiveFace.Cli;

/// <summary>What a user has to know of a model's licence before using it.</summary>
internal static class LicenceText
{
    public static string Of(ModelEntry model)
    {
        var licence = $"{model.Id}: licence of the weights {model.Licence.Weights}, of the package {model.Licence.Package} ({ModelWords.Of(model.Licence.Kind)}).";
        return model.Licence.Note.Length > 0 ? $"{licence} {model.Licence.Note}" : licence;
    }
}
