using System.CommandLine;
using LiveFace.Hosting;

namespace LiveFace.Cli;

/// <summary><c>liveface work</c>: everything after the verb is configuration, as for <c>liveface serve</c>.</summary>
internal static class WorkCommand
{
    public const string Name = "work";

    public static Command Create()
    {
        var command = new Command(Name, "Works on the jobs of a server on another machine, by the database that both share. Settings: --Section:Setting value.")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        command.SetAction((parsed, cancel) => WorkHost.RunAsync([.. parsed.UnmatchedTokens], cancel));
        return command;
    }
}
