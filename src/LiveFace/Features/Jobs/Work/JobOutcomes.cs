using System.Text.Json;
using LiveFace.Films;
using LiveFace.Http;

namespace LiveFace.Features.Jobs.Work;

/// <summary>The file in which a worker leaves what came of a job.</summary>
internal static class JobOutcomes
{
    public static void Write(FilmVault vault, string path, JobOutcome outcome)
    {
        var part = path + ".part";
        using (var file = vault.Create(part))
        {
            JsonSerializer.Serialize(file, outcome, ApiJson.Options);
            (file as FileStream)?.Flush(flushToDisk: true);
        }

        File.Move(part, path, overwrite: true);
    }

    /// <summary>Null where there is none.</summary>
    public static JobOutcome? Read(FilmVault vault, string path)
    {
        if (!File.Exists(path))
            return null;
        using var file = vault.OpenRead(path);
        return JsonSerializer.Deserialize<JobOutcome>(file, ApiJson.Options);
    }
}
