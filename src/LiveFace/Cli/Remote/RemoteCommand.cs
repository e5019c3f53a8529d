using System.CommandLine;
using System.Net.Http.Headers;
using LiveFace.Films;

namespace LiveFace.Cli.Remote;

/// <summary>What every verb for a server somewhere takes: its address and a key.</summary>
internal static class RemoteCommand
{
    private const string KeyVariable = "LIVEFACE_KEY";

    public static readonly Option<string> Server = new("--server")
    {
        Description = "The server. Usual: http://localhost:8080.", DefaultValueFactory = _ => "http://localhost:8080", Recursive = true,
    };

    public static readonly Option<string?> Key = new("--key") { Description = $"The access key; better in the environment as {KeyVariable}.", Recursive = true };

    /// <summary>The key that was given, here or in the environment.</summary>
    public static string? KeyOf(ParseResult parsed) => parsed.GetValue(Key) ?? Environment.GetEnvironmentVariable(KeyVariable);

    /// <summary>A verb that asks the server that is named.</summary>
    public static Command Asks(this Command command, Func<RemoteServer, ParseResult, CancellationToken, Task> run)
    {
        command.SetAction(async (parsed, cancel) =>
        {
            using var server = new RemoteServer(parsed.GetRequiredValue(Server), KeyOf(parsed));
            await run(server, parsed, cancel);
            return CommandLine.Success;
        });
        return command;
    }

    /// <exception cref="FileRedactionException">There is no such file.</exception>
    public static async Task<ByteArrayContent> PictureAsync(string file, CancellationToken cancel) => File.Exists(file)
        ? new ByteArrayContent(await File.ReadAllBytesAsync(file, cancel)) { Headers = { ContentType = new MediaTypeHeaderValue(PictureTypes.Of(file)) } }
        : throw new FileRedactionException($"There is no file {file}.");
}
