using System.CommandLine;
using LiveFace.Vision.Inference;
using LiveFace.Vision.Models;
using LiveFace.Vision.Models.Preparation;

namespace LiveFace.Cli;

/// <summary>
/// <c>liveface models time</c>: how long a pass takes here. The last column is a ratio to the first model of the same run,
/// since the milliseconds of one machine say little about another; models take turns, so that
/// other work on the machine meets them all alike.
/// </summary>
internal static class TimeCommand
{
    public static Command Create(Option<string?> folder, Argument<string[]> ids)
    {
        var threads = new Option<int>("--threads") { Description = "Threads of a pass; 0 is chosen by the number of cores." };
        var device = new Option<string>("--device") { Description = "auto, cpu or cuda.", DefaultValueFactory = _ => "auto" };
        var passes = new Option<int>("--passes") { Description = "Passes to measure.", DefaultValueFactory = _ => 50 };
        passes.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 100_000)
                result.AddError("--passes has to be a number from 1 to 100000.");
        });
        var command = new Command("time", "Measures how long a pass through each prepared model takes on this machine.") { ids, threads, device, passes };
        command.SetAction((parsed, cancel) =>
        {
            var catalogue = ModelCatalogue.Load(ModelCatalogue.Locate(parsed.GetValue(folder)));
            var options = new InferenceOptions { Device = parsed.GetRequiredValue(device), Threads = parsed.GetValue(threads) };
            using var preparation = new ModelPreparation(catalogue, TimeProvider.System);
            using var sessions = new InferenceSessions(catalogue, preparation, options);
            var named = (parsed.GetValue(ids) ?? []).Distinct(StringComparer.Ordinal).Select(catalogue.Find).ToList();
            var models = named.Count > 0 ? named : [.. catalogue.Models.Where(model => model.IsOn && preparation.IsPrepared(model))];
            Write(parsed.InvocationConfiguration.Output, sessions, models, parsed.GetValue(passes), cancel);
            return Task.FromResult(CommandLine.Success);
        });
        return command;
    }

    private static void Write(TextWriter output, InferenceSessions sessions, List<ModelEntry> models, int passes, CancellationToken cancel)
    {
        output.WriteLine(sessions.Device);
        output.WriteLine($"{"MODEL",-16}{"INPUT",-12}{"MEDIAN MS",10}{"LEAST MS",10}{"TO FIRST",10}");
        var timers = models.ConvertAll(model => new ModelTimer(sessions.Get(model.Id), model, TimeProvider.System));
        for (var pass = 0; pass < passes; pass++)
            foreach (var timer in timers)
            {
                cancel.ThrowIfCancellationRequested();
                timer.Pass();
            }
        foreach (var (timer, model) in timers.Zip(models))
        {
            var size = $"{model.Input.Width}×{model.Input.Height}";
            var ratio = timer.Least / timers[0].Least;
            output.WriteLine($"{model.Id,-16}{size,-12}{timer.Median.TotalMilliseconds,10:0.00}{timer.Least.TotalMilliseconds,10:0.00}{ratio,10:0.00}");
            timer.Dispose();
        }
    }
}
