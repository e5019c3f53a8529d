using System.Text.Json;
using LiveFace.Http;

namespace LiveFace.Features.Jobs.Work;

/// <summary>The file in which a worker leaves what came of a job.</summary>
internal static class JobOutcomes
{
    public static void Write(string path, JobOutcome outcome)
    {
        var part = path + ".part";
        using (var file = File.Create(part))
        {
            JsonSerializer.Serialize(file, outcome, ApiJson.Options);
            file.Flush(flushToDisk: true);
        }

        File.Move(part, path, overwrite: true);
    }

    /// <summary>Null where there is none.</summary>
    public static JobOutcome? Read(string path) =>
        File.Exists(path) ? JsonSerializer.Deserialize<JobOutcome>(File.ReadAllBytes(path), ApiJson.Options) : null;
}
