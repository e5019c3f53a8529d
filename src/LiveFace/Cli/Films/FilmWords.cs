using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using LiveFace.Films.Redacting;
using LiveFace.Redaction.Policy;

namespace LiveFace.Cli.Films;

/// <summary>What is said of a file that is done: a sentence, or a line of JSON.</summary>
internal static class FilmWords
{
    public static readonly JsonSerializerOptions Json = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task TellAsync(ParseResult parsed, string file, string words, JsonObject facts)
    {
        facts.Insert(0, "file", file);
        await parsed.InvocationConfiguration.Output.WriteLineAsync(parsed.GetValue(FilmOptions.Json) ? facts.ToJsonString(Json) : $"{file}: {words}");
    }

    public static string Of(int found, RedactionPolicy policy, string how) => policy.Cover
        ? "covered"
        : found > 0 || policy.Rules.Count == 0
            ? $"{found} {how}"
            : "nothing found: look at the result before you show it to anybody";

    public static string Of(FilmResult done, RedactionPolicy policy)
    {
        var again = done.FoundAgain.Sum();
        return $"{done.Pictures} pictures, {Of(done.Tracks, policy, "tracks")}"
            + (again > 0 ? $"; looks at the result found {again} more places, which are covered" : "")
            + (done.Covered > 0 ? $"; {done.Covered} pictures are covered, since a model could not look at them" : "")
            + (done.Left > 0 ? $"; the last look was still sure of {done.Left}" : "");
    }

    public static JsonObject Facts(FilmResult done) => new()
    {
        ["pictures"] = done.Pictures, ["covered"] = done.Covered, ["tracks"] = done.Tracks, ["rounds"] = done.Rounds,
        ["foundAgain"] = new JsonArray([.. done.FoundAgain.Select(found => (JsonNode)found)]), ["left"] = done.Left,
    };
}
