using System.CommandLine;

namespace LiveFace.Cli;

/// <summary><c>liveface watermark</c>: puts marks on pictures and films, and takes them off.</summary>
internal static class WatermarkCommand
{
    /// <summary>What a file was not done for; the others were.</summary>
    public const int PassedOver = 1;

    public static Command Create() => new("watermark", "Puts marks on pictures and films, and takes them off your own.")
    {
        WatermarkAddCommand.Create(), WatermarkRemoveCommand.Create(), WatermarkEvaluateCommand.Create(),
    };

    /// <summary>The sentence at the end where there were several, and the exit code.</summary>
    public static async Task<int> EndAsync(ParseResult parsed, int all, int passedOver, bool isJson)
    {
        if (!isJson && all > 1)
            await parsed.InvocationConfiguration.Output.WriteLineAsync(
                $"{all - passedOver} of {all} files done{(passedOver > 0 ? $", {passedOver} passed over" : "")}");
        return passedOver > 0 ? PassedOver : CommandLine.Success;
    }
}
