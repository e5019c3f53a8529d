using System.CommandLine;
using System.Text.Json.Nodes;
using LiveFace.Cli.Films;
using LiveFace.Features.Jobs.Proof;
using LiveFace.Films;

namespace LiveFace.Cli;

/// <summary><c>liveface verify</c>: tells whether a film is the one that a report is of.</summary>
internal static class VerifyCommand
{
    private static readonly Argument<string> Report = new("report") { Description = "The report of a job, as JSON." };
    private static readonly Argument<string> Film = new("film") { Description = "The redacted film or picture." };
    private static readonly Option<string?> Audit = new("--audit") { Description = "The server's audit log, to hold the report against it." };

    public static Command Create()
    {
        var command = new Command("verify", "Tells whether a film is the one that a report is of.") { Report, Film, Audit, FilmOptions.Json };
        command.SetAction(async (parsed, cancel) =>
        {
            var (report, film, audit) = (parsed.GetRequiredValue(Report), parsed.GetRequiredValue(Film), parsed.GetValue(Audit));
            foreach (var name in (string?[])[report, film, audit])
                if (name is not null && !File.Exists(name))
                    throw new FileRedactionException($"There is no file {name}.");
            var said = await ReportCheck.RunAsync(report, film, audit, cancel);
            await FilmWords.TellAsync(
                parsed, film, $"is the film of the report, finished {said["finished"]}{(audit is null ? "" : ", and the audit log says so")}",
                new JsonObject { ["job"] = said["job"]?.DeepClone(), ["sha256"] = said["output"]?["sha256"]?.DeepClone(), ["audited"] = audit is not null });
            return CommandLine.Success;
        });
        return command;
    }
}
