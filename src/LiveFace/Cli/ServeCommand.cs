using System.CommandLine;
using LiveFace.Hosting;

namespace LiveFace.Cli;

/// <summary><c>liveface serve</c>: everything after the verb is configuration, as <c>--Section:Setting value</c>.</summary>
internal static class ServeCommand
{
    public const string Name = "serve";

    public static Command Create()
    {
        var command = new Command(Name, "Serves the studio page, WebRTC and the API. Settings: --Section:Setting value.")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        command.SetAction((parsed, cancel) => WebServer.RunAsync([.. parsed.UnmatchedTokens], cancel));
        return command;
    }
}
