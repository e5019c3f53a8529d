using System.CommandLine;
using LiveFace.Vision.Inference;
using LiveFace.Vision.Models;

namespace LiveFace.Cli;

/// <summary><c>liveface gpu</c>: tells which device is used and why, and fetches what a GPU needs.</summary>
internal static class GpuCommand
{
    private static readonly Option<string?> Folder = new("--models")
    {
        Description = "The folder of models.json.", Recursive = true,
    };

    public static Command Create()
    {
        var device = new Option<string>("--device") { Description = "auto, cpu or cuda.", DefaultValueFactory = _ => "auto" };
        var command = new Command("gpu", "Tells which device models run on, and why.") { Folder, device, Fetch() };
        command.SetAction(parsed =>
        {
            var options = new InferenceOptions { Device = parsed.GetRequiredValue(device) };
            var selected = InferenceSessions.SelectDevice(ModelCatalogue.Locate(parsed.GetValue(Folder)), options);
            parsed.InvocationConfiguration.Output.WriteLine(selected);
            return CommandLine.Success;
        });
        return command;
    }

    private static Command Fetch()
    {
        var command = new Command("fetch", $"Fetches ONNX Runtime's CUDA provider ({GpuLibrary.Mebibytes} MiB).");
        command.SetAction(async (parsed, cancel) =>
        {
            var output = parsed.InvocationConfiguration.Output;
            var path = await GpuLibrary.FetchAsync(ModelCatalogue.Locate(parsed.GetValue(Folder)), output.WriteLine, cancel);
            await output.WriteLineAsync($"The CUDA provider is at {path}. It needs NVIDIA's driver, CUDA 13 and cuDNN 9.");
            return CommandLine.Success;
        });
        return command;
    }
}
