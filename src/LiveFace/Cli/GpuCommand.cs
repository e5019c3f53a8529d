using System.CommandLine;
using LiveFace.Vision.Inference;

namespace LiveFace.Cli;

/// <summary><c>liveface gpu</c>: tells which device is used and why.</summary>
internal static class GpuCommand
{
    public static Command Create()
    {
        var device = new Option<string>("--device") { Description = "auto, cpu or cuda.", DefaultValueFactory = _ => "auto" };
        var command = new Command("gpu", "Tells which device models run on, and why.") { device };
        command.SetAction(parsed =>
        {
            var options = new InferenceOptions { Device = parsed.GetRequiredValue(device) };
            parsed.InvocationConfiguration.Output.WriteLine(InferenceSessions.SelectDevice(options));
            return CommandLine.Success;
        });
        return command;
    }
}
