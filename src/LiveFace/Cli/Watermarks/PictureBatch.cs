using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using LiveFace.Cli.Films;
using LiveFace.Films;
using LiveFace.Media.Images;

namespace LiveFace.Cli.Watermarks;

/// <summary>What became of a picture: its file, and what is said of it.</summary>
internal sealed record BatchPicture(byte[] File, string Words, JsonObject Facts);

/// <summary>
/// Works on pictures side by side and tells how far it is. One that cannot be read is named, counted and passed over; the others
/// are done all the same.
/// </summary>
internal sealed class PictureBatch(ParseResult parsed, int beside)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);
    private const int MostBeside = 64;

    private readonly Lock _lock = new();
    private readonly long _began = Stopwatch.GetTimestamp();
    private TimeSpan _told;
    private int _done;
    private int _passedOver;

    public static Option<int> Beside { get; } = WithRange(new("--jobs")
    {
        Description = $"How many pictures are worked on side by side, 1 to {MostBeside}. Usual: as many as there are cores.",
        DefaultValueFactory = _ => Math.Min(Environment.ProcessorCount, MostBeside),
    });

    /// <summary>How many could not be read.</summary>
    public async Task<int> RunAsync(IReadOnlyList<MarkedFile> pictures, Func<MarkedFile, byte[], CancellationToken, BatchPicture> work, CancellationToken cancel)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = beside, CancellationToken = cancel };
        await Parallel.ForEachAsync(pictures, options, async (picture, stop) =>
        {
            try
            {
                var done = work(picture, await File.ReadAllBytesAsync(picture.Input, stop), stop);
                await WriteAsync(picture.Output, done.File, stop);
                Tell(picture, done, pictures.Count);
            }
            catch (Exception refused) when (refused is ImageException or FileRedactionException or IOException or UnauthorizedAccessException)
            {
                PassOver(picture, refused.Message);
            }
        });
        return _passedOver;
    }

    private static async Task WriteAsync(string output, byte[] file, CancellationToken cancel)
    {
        var part = output + ".part";
        await File.WriteAllBytesAsync(part, file, cancel);
        File.Move(part, output, overwrite: true);
    }

    private void Tell(MarkedFile picture, BatchPicture done, int all)
    {
        lock (_lock)
        {
            _done++;
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(FilmOptions.Json))
            {
                done.Facts.Insert(0, "file", picture.Input);
                done.Facts.Insert(1, "output", picture.Output);
                output.WriteLine(done.Facts.ToJsonString(FilmWords.Json));
                return;
            }

            output.WriteLine($"{picture.Output}: {done.Words}");
            var elapsed = Stopwatch.GetElapsedTime(_began);
            if (all == 1 || _done == all || elapsed - _told < Interval)
                return;
            _told = elapsed;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_done + _passedOver} of {all} pictures, {_done / elapsed.TotalSeconds:0.0} a second"));
        }
    }

    private void PassOver(MarkedFile picture, string problem)
    {
        lock (_lock)
        {
            _passedOver++;
            if (parsed.GetValue(FilmOptions.Json))
                parsed.InvocationConfiguration.Output.WriteLine(
                    new JsonObject { ["file"] = picture.Input, ["problem"] = problem }.ToJsonString(FilmWords.Json));
            else
                parsed.InvocationConfiguration.Error.WriteLine($"{picture.Input}: {problem} Passed over.");
        }
    }

    private static Option<int> WithRange(Option<int> option)
    {
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > MostBeside)
                result.AddError($"{option.Name} has to be a number from 1 to {MostBeside}.");
        });
        return option;
    }
}
