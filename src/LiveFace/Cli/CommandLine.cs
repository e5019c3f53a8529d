using System.CommandLine;
using LiveFace.Films;
using LiveFace.Media.Ffmpeg;
using LiveFace.Media.Images;
using LiveFace.Vision.Inference;
using LiveFace.Vision.Models;

namespace LiveFace.Cli;

/// <summary>
/// The command line. A verb is a class of its own beside this one; this one knows them all, and turns what a user can put
/// right into one sentence and exit code 2.
/// </summary>
internal static class CommandLine
{
    /// <summary>All went well.</summary>
    public const int Success = 0;

    /// <summary>The command was not understood or could not be done; one sentence on the error output says why.</summary>
    public const int Refused = 2;

    /// <summary>The user stopped it.</summary>
    public const int Stopped = 130;

    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors, CancellationToken cancel)
    {
        var root = new RootCommand("Finds and hides faces in live video, in files and in pictures.")
        {
            ServeCommand.Create(),
            RedactCommand.Create(),
            DetectCommand.Create(),
            CropCommand.Create(),
            LinkCommand.Create(),
            ReviewCommand.Create(),
            RenderCommand.Create(),
            ExchangeCommands.Export(),
            ExchangeCommands.Import(),
            JobsCommand.Create(),
            PeopleCommand.Create(),
            WorkCommand.Create(),
            CollectionsCommand.Create(),
            WatermarkCommand.Create(),
            BotCommand.Create(),
            VerifyCommand.Create(),
            ModelsCommand.Create(),
            GpuCommand.Create(),
        };
        var parsed = root.Parse(WithVerb(args));
        if (parsed.Errors.Count > 0)
        {
            var fault = parsed.UnmatchedTokens.Count > 0 ? $"'{parsed.UnmatchedTokens[0]}' is not known here." : parsed.Errors[0].Message;
            await errors.WriteLineAsync($"{fault} Try: liveface --help");
            return Refused;
        }
        try
        {
            var configuration = new InvocationConfiguration { Output = output, Error = errors, EnableDefaultExceptionHandler = false };

            // Servers take signals themselves: they need longer to go than the two seconds after which the process would be ended.
            if (parsed.CommandResult.Command.Name is ServeCommand.Name or WorkCommand.Name)
                configuration.ProcessTerminationTimeout = null;
            return await parsed.InvokeAsync(configuration, cancel);
        }
        catch (Exception refused) when (refused is ModelException or ModelRefusedException or InferenceException or FileRedactionException
            or FfmpegException or ImageException or IOException or UnauthorizedAccessException)
        {
            await errors.WriteLineAsync(refused.Message);
            return Refused;
        }
        catch (OperationCanceledException)
        {
            await errors.WriteLineAsync("Stopped.");
            return Stopped;
        }
    }

    /// <summary>Without a verb it serves, so that <c>liveface --urls …</c> is all a deployment needs.</summary>
    private static string[] WithVerb(string[] args)
    {
        var serves = args.Length == 0 || (args[0].StartsWith('-') && args[0] is not ("-h" or "-?" or "--help" or "--version"));
        return serves ? [ServeCommand.Name, .. args] : args;
    }
}
