using System.Text.Json.Serialization;

namespace LiveFace.Vision.Models.Preparation;

/// <summary>What a prepared model was made from; it is current as long as the catalogue and the converter say the same.</summary>
internal sealed record PreparedRecord(string Source, string Conversion, string Sha256, long Bytes)
{
    /// <summary>What the model's source is now. A user's own file without a hash is told by its length and time.</summary>
    public static string SourceOf(ModelEntry model, string folder) => model.Source switch
    {
        NpmModelSource npm => string.Join('+', npm.Files.Select(file => file.Sha256)),
        LocalModelSource local => $"{local.Path}+{local.Sha256 ?? Stamp(Path.GetFullPath(local.Path, folder))}",
        _ => throw new ModelException($"Model '{model.Id}' has a source of an unknown type."),
    };

    private static string Stamp(string path) => new FileInfo(path) is { Exists: true } file ? $"{file.Length}/{file.LastWriteTimeUtc:O}" : "missing";

    public static string ConversionOf(ModelEntry model) =>
        $"{ModelWords.Of(model.Conversion)}/{Conversions.VersionOf(model.Conversion)}{(model.Input.Step > 0 ? "/any size" : "")}";
}

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PreparedRecord))]
internal sealed partial class PreparedRecordJson : JsonSerializerContext;
