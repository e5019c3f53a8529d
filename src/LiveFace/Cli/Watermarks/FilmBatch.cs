using System.CommandLine;
using System.Text.Json.Nodes;
using LiveFace.Cli.Films;
using LiveFace.Films;
using LiveFace.Media.Ffmpeg;

namespace LiveFace.Cli.Watermarks;

/// <summary>Works on films one after another; one that cannot be read is named, counted and passed over.</summary>
internal static class FilmBatch
{
    /// <summary>How many could not be read.</summary>
    public static async Task<int> RunAsync(ParseResult parsed, IEnumerable<MarkedFile> films, Func<MarkedFile, Task<(string Words, JsonObject Facts)>> work)
    {
        var (passedOver, isJson) = (0, parsed.GetValue(FilmOptions.Json));
        var to = parsed.InvocationConfiguration;
        foreach (var film in films)
        {
            try
            {
                var (words, facts) = await work(film);
                facts.Insert(0, "output", film.Output);
                await FilmWords.TellAsync(parsed, isJson ? film.Input : film.Output, words, facts);
            }
            catch (Exception refused) when (refused is FfmpegException or FileRedactionException or ArgumentException)
            {
                passedOver++;
                var problem = refused.Message.Split(" (Parameter", 2)[0];
                if (isJson)
                    await to.Output.WriteLineAsync(new JsonObject { ["file"] = film.Input, ["problem"] = problem }.ToJsonString(FilmWords.Json));
                else
                    await to.Error.WriteLineAsync($"{film.Input}: {problem} Passed over.");
            }
        }

        return passedOver;
    }
}
