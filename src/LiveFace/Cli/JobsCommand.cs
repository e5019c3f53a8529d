using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using LiveFace.Cli.Films;
using LiveFace.Cli.Remote;
using LiveFace.Films;
using LiveFace.Films.Detection;

namespace LiveFace.Cli;

/// <summary><c>liveface jobs</c>: films and pictures as jobs of a server.</summary>
internal static class JobsCommand
{
    private static readonly Argument<string> Id = new("job") { Description = "The id of a job." };
    private static readonly Argument<string[]> Files = new("files") { Description = "Films and pictures, folders or patterns; addresses that the server fetches.", Arity = ArgumentArity.OneOrMore };
    private static readonly Option<bool> Review = new("--review") { Description = "Stop before anything is written." };
    private static readonly Option<bool> Wait = new("--wait") { Description = "Watch until it is done." };
    private static readonly Option<string?> Output = new("--output", "-o") { Description = "Where to. Usual: the server's name for it." };
    private static readonly Option<string> What = new("--what") { Description = "result, report, report.pdf or boxes.", DefaultValueFactory = _ => "result" };

    public static Command Create()
    {
        What.AcceptOnlyFromAmong("result", "report", JobServer.Pdf, "boxes");
        var command = new Command("jobs", "Has films and pictures redacted by a server.") { RemoteCommand.Server, RemoteCommand.Key };
        command.Add(Verb("list", "Lists the jobs.", [FilmOptions.Json], ListAsync));
        command.Add(Verb("add", "Uploads films and pictures.", [Files, FilmOptions.Preset, FilmOptions.Policy, Review, PictureFindings.Attributes, Wait, FilmOptions.Json], AddAsync));
        command.Add(Verb("watch", "Tells how far a job is until it is done.", [Id, FilmOptions.Json], async (server, parsed, cancel) =>
            await WatchAsync(server, parsed.GetRequiredValue(Id), parsed, cancel)));
        command.Add(Verb("get", "Downloads the result, the report or the box file.", [Id, What, Output, FilmOptions.Force, FilmOptions.Json], GetAsync));
        command.Add(Verb("delete", "Cancels a job and deletes all its files.", [Id], async (server, parsed, cancel) =>
        {
            await server.DeleteAsync(parsed.GetRequiredValue(Id), cancel);
            return CommandLine.Success;
        }));
        return command;
    }

    private static Command Verb(string name, string description, Symbol[] symbols, Func<JobServer, ParseResult, CancellationToken, Task<int>> run)
    {
        var command = new Command(name, description);
        foreach (var symbol in symbols)
        {
            if (symbol is Argument argument)
                command.Add(argument);
            else
                command.Add((Option)symbol);
        }

        command.SetAction(async (parsed, cancel) =>
        {
            using var server = new JobServer(parsed.GetRequiredValue(RemoteCommand.Server), RemoteCommand.KeyOf(parsed));
            return await run(server, parsed, cancel);
        });
        return command;
    }

    private static async Task<int> ListAsync(JobServer server, ParseResult parsed, CancellationToken cancel)
    {
        foreach (var job in (await server.ListAsync(cancel)).OfType<JsonObject>())
            await TellAsync(job, parsed);
        return CommandLine.Success;
    }

    private static async Task<int> AddAsync(JobServer server, ParseResult parsed, CancellationToken cancel)
    {
        var code = CommandLine.Success;
        var policy = parsed.GetValue(FilmOptions.Policy);
        if (policy is { Exists: false })
            throw new FileRedactionException($"There is no file {policy.FullName}.");
        var hidden = policy is null
            ? $"preset={Uri.EscapeDataString(parsed.GetRequiredValue(FilmOptions.Preset))}"
            : $"policy={Uri.EscapeDataString(await File.ReadAllTextAsync(policy.FullName, cancel))}";
        var attributes = parsed.GetValue(PictureFindings.Attributes) is { } list ? $"&attributes={Uri.EscapeDataString(list)}" : "";
        foreach (var file in FileInputs.Expand(parsed.GetRequiredValue(Files), filmsOnly: false))
        {
            var query = $"{hidden}{(parsed.GetValue(Review) ? "&review=true" : "")}{attributes}";
            var isAddress = file.Contains("://", StringComparison.Ordinal);
            if (!isAddress && !File.Exists(file))
                throw new FileRedactionException($"There is no file {file}.");
            var job = isAddress
                ? await server.FetchAsync(file, query, cancel)
                : await server.AddAsync(file, $"name={Uri.EscapeDataString(Path.GetFileName(file))}&{query}", cancel);
            if (parsed.GetValue(Wait))
                code = Math.Max(code, await WatchAsync(server, (string)job["id"]!, parsed, cancel));
            else
                await TellAsync(job, parsed);
        }

        return code;
    }

    private static async Task<int> WatchAsync(JobServer server, string id, ParseResult parsed, CancellationToken cancel)
    {
        JsonObject? last = null;
        FilmProgressView? view = null;
        await foreach (var job in server.WatchAsync(id, cancel))
        {
            last = job;
            view ??= FilmProgressView.For(parsed, (string)job["name"]!);
            if (Enum.TryParse<FilmStage>((string?)job["stage"], ignoreCase: true, out var stage))
                view?.Report(new FilmProgress(stage, (int)job["round"]!, (long)job["pictures"]!, (long?)job["total"], (long)job["found"]!));
        }

        view?.End();
        if (last is null)
            throw new FileRedactionException("The job is gone.");
        await TellAsync(last, parsed);
        return (string?)last["state"] == "failed" ? CommandLine.Refused : CommandLine.Success;
    }

    private static async Task<int> GetAsync(JobServer server, ParseResult parsed, CancellationToken cancel)
    {
        var (id, what) = (parsed.GetRequiredValue(Id), parsed.GetRequiredValue(What));
        var path = "";
        await server.SaveAsync(id, what, answer =>
        {
            // Whatever a server calls it, it lies here.
            path = parsed.GetValue(Output) ?? Path.GetFileName(answer.Content.Headers.ContentDisposition?.FileNameStar
                ?? answer.Content.Headers.ContentDisposition?.FileName?.Trim('"') ?? $"{id}.{what}.json");
            return !File.Exists(path) || parsed.GetValue(FilmOptions.Force)
                ? path
                : throw new FileRedactionException($"{path} exists; name another with --output, or replace it with --force.");
        }, cancel);
        await FilmWords.TellAsync(parsed, path, $"{what} of job {id}", new JsonObject { ["job"] = id });
        return CommandLine.Success;
    }

    private static Task TellAsync(JsonObject job, ParseResult parsed) => parsed.InvocationConfiguration.Output.WriteLineAsync(
        parsed.GetValue(FilmOptions.Json)
            ? job.ToJsonString()
            : string.Create(CultureInfo.InvariantCulture, $"{job["id"]}  {job["state"],-9}  {job["name"]}{Words(job)}"));

    private static string Words(JsonObject job) => (string?)job["state"] switch
    {
        "failed" => $": {job["problem"]}",
        "done" when job["result"] is { } result => $": {result["pictures"]} pictures, {result["tracks"]} tracks hidden",
        "running" when job["total"] is { } total => $": {job["stage"]}, {job["pictures"]} of {total} pictures",
        _ => "",
    };
}
