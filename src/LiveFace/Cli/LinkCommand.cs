using System.CommandLine;
using System.Text.Json.Nodes;
using LiveFace.Cli.Films;
using LiveFace.Films;
using LiveFace.Films.Detection;
using LiveFace.Films.Links;
using LiveFace.Films.Redacting;
using LiveFace.Media.Ffmpeg;
using LiveFace.Media.Sandbox;

namespace LiveFace.Cli;

/// <summary><c>liveface link</c>: makes tracks out of what a box file says was found.</summary>
internal static class LinkCommand
{
    private static readonly Argument<string[]> Inputs = new("boxes")
    {
        Description = "A box file, or those of a film's parts in their order.", Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string?> Film = new("--film")
    {
        Description = "The film, in whose pictures tracks are followed. Without it they end where they were last found.",
    };

    private static readonly Option<string?> Output = new("--output", "-o") { Description = "Where to; usual: over the box file. Parts need a name." };

    public static Command Create()
    {
        var command = new Command("link", "Makes tracks out of what box files say was found.") { Inputs, Film, Output, FilmOptions.Json, FilmOptions.Sandbox };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var inputs = parsed.GetRequiredValue(Inputs);
        foreach (var input in inputs.Append(parsed.GetValue(Film)))
            if (input is not null && !File.Exists(input))
                throw new FileRedactionException($"There is no file {input}.");
        var output = parsed.GetValue(Output) ?? (inputs is [var only] ? only : throw new FileRedactionException("Name the file for the parts together with --output."));
        if (inputs.Length > 1)
            await FilmWork.MergeAsync(inputs, output);
        var mode = Enum.Parse<SandboxMode>(parsed.GetRequiredValue(FilmOptions.Sandbox), ignoreCase: true);
        var tools = FfmpegTools.OnPath with { Confiner = ToolConfiner.For(mode, "liveface") };
        var progress = FilmProgressView.For(parsed, output);
        var film = parsed.GetValue(Film) is { } path ? new FilmFile(path, tools) : null;
        var tracks = await new FilmLinking() { Progress = progress }.RunAsync(inputs.Length > 1 ? output : inputs[0], output, film, cancel);
        progress?.End();
        await FilmWords.TellAsync(parsed, output, $"{tracks.Count} tracks", new JsonObject { ["tracks"] = tracks.Count });
        return CommandLine.Success;
    }
}
