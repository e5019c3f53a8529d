using System.Text.Json;

namespace LiveFace.Vision.Models.Preparation;

/// <summary>
/// Prepared models on disk. A model is a file <c>id.onnx</c> and a record <c>id.prepared</c> that says what it was made
/// from; the record is written last, so a model without one that fits the catalogue counts as not prepared.
/// </summary>
internal sealed class ModelStore(string folder)
{
    public string Folder { get; } = folder;

    /// <summary>Where the model's .onnx is or will be. A user's own file that needs no conversion stays where it is.</summary>
    public string PathOf(ModelEntry model) => model is { Source: LocalModelSource local, Conversion: ModelConversion.None }
        ? Path.GetFullPath(local.Path, Folder)
        : Path.Combine(Folder, model.Id + ".onnx");

    public bool IsPrepared(ModelEntry model)
    {
        var file = new FileInfo(PathOf(model));
        if (!file.Exists)
            return false;
        if (model is { Source: LocalModelSource, Conversion: ModelConversion.None })
            return true;
        return ReadRecord(model) is { } record && record.Source == PreparedRecord.SourceOf(model, Folder)
            && record.Conversion == PreparedRecord.ConversionOf(model) && record.Bytes == file.Length;
    }

    public long SizeOf(ModelEntry model) => new FileInfo(PathOf(model)) is { Exists: true } file ? file.Length : 0;

    public PreparedRecord? ReadRecord(ModelEntry model)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(RecordPath(model)), PreparedRecordJson.Default.PreparedRecord);
        }
        catch (Exception unreadable) when (unreadable is IOException or JsonException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Puts a model in its place: whole or not at all, since a rename within a folder is one step.</summary>
    public async Task PutAsync(ModelEntry model, ReadOnlyMemory<byte> onnx, PreparedRecord record, CancellationToken cancel)
    {
        Directory.CreateDirectory(Folder);
        await ReplaceAsync(PathOf(model), onnx, cancel);
        await ReplaceAsync(RecordPath(model), JsonSerializer.SerializeToUtf8Bytes(record, PreparedRecordJson.Default.PreparedRecord), cancel);
    }

    private string RecordPath(ModelEntry model) => Path.Combine(Folder, model.Id + ".prepared");

    private static async Task ReplaceAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancel)
    {
        var part = $"{path}.{Guid.NewGuid():N}.part";
        try
        {
            await File.WriteAllBytesAsync(part, content, cancel);
            File.Move(part, path, overwrite: true);
        }
        finally
        {
            File.Delete(part);
        }
    }
}
