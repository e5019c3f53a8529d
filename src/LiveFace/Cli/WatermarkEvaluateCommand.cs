using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using LiveFace.Cli.Films;
using LiveFace.Cli.Watermarks;
using LiveFace.Films;
using LiveFace.Media.Frames;
using LiveFace.Media.Images;
using LiveFace.Media.Sandbox;
using LiveFace.Restoration;
using LiveFace.Restoration.Measures;

namespace LiveFace.Cli;

/// <summary><c>liveface watermark evaluate</c>: how well marks are taken off pictures that it marks itself, beside doing nothing.</summary>
internal static class WatermarkEvaluateCommand
{
    private const int MostSide = 4096;

    private static readonly Argument<string[]> Inputs = new("inputs") { Description = "Folders, patterns or names of pictures without marks.", Arity = ArgumentArity.OneOrMore };
    private static readonly Option<int> Seed = new("--seed") { Description = "What chooses the marks; the same seed chooses the same." };

    private static readonly Option<int> Side = new("--side")
    {
        Description = $"The middle square of this side is taken, of the picture made as small as that allows, 64 to {MostSide}; 0 takes pictures whole.",
        DefaultValueFactory = _ => 512,
    };

    public static Command Create()
    {
        Side.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is not (0 or (>= 64 and <= MostSide)))
                result.AddError($"--side has to be 0 or a number from 64 to {MostSide}.");
        });
        var command = new Command("evaluate", "Marks clean pictures, takes the marks off, and says how near the result is, beside doing nothing.")
        {
            Inputs, Seed, Side, FilmOptions.Json, FilmOptions.Sandbox, FilmOptions.Models, FilmOptions.Device,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        string[] files = [.. FileInputs.Expand(parsed.GetRequiredValue(Inputs), filmsOnly: false).Where(FileInputs.IsPicture)];
        if (files.Length == 0)
            throw new FileRedactionException("There are no pictures to measure with.");
        using var open = await OpenRemover.OpenAsync(parsed, threads: 0, cancel);
        using var decoders = new DecoderSandbox(Enum.Parse<SandboxMode>(parsed.GetRequiredValue(FilmOptions.Sandbox), ignoreCase: true), WorkerCommand.Beside("liveface"));
        var (results, passedOver) = (new List<WatermarkResult>(), 0);
        for (var i = 0; i < files.Length; i++)
        {
            try
            {
                using var pool = new FramePool();
                var clean = Squared(decoders.ReadPicture(await File.ReadAllBytesAsync(files[i], cancel), pool, out _), parsed.GetValue(Side), pool);
                using var pair = MarkedPair.Make(clean, parsed.GetValue(Seed) * 100_003 + i, pool);
                results.Add(Measure(pair, open.Remover, cancel));
                await TellAsync(parsed, files[i], results[^1]);
            }
            catch (ImageException refused)
            {
                passedOver++;
                await parsed.InvocationConfiguration.Error.WriteLineAsync($"{files[i]}: {refused.Message} Passed over.");
            }
        }

        if (results.Count > 0)
            await TellAsync(parsed, $"mean of {results.Count}", WatermarkResult.Mean(results));
        return passedOver > 0 ? WatermarkCommand.PassedOver : CommandLine.Success;
    }

    private static WatermarkResult Measure(MarkedPair pair, WatermarkRemover remover, CancellationToken cancel)
    {
        var before = PictureQuality.Of(pair.Clean, pair.Marked, pair.Truth);
        var look = remover.Remove(pair.Marked, cancel);
        return new WatermarkResult(before, PictureQuality.Of(pair.Clean, pair.Marked, pair.Truth), PictureQuality.Overlap(pair.Truth, look.Mask));
    }

    private static VideoFrame Squared(VideoFrame picture, int side, FramePool pool)
    {
        if (side == 0 || Math.Min(picture.Width, picture.Height) < side)
            return picture;
        using (picture)
        {
            var scale = side / (double)Math.Min(picture.Width, picture.Height);
            using var small = pool.Rent(Math.Max(side, (int)Math.Round(picture.Width * scale)), Math.Max(side, (int)Math.Round(picture.Height * scale)));
            new FrameScaler().Scale(picture, small);
            var square = pool.Rent(side, side);
            FrameCopy.Crop(small, (small.Width - side) / 2 & ~1, (small.Height - side) / 2 & ~1, square);
            return square;
        }
    }

    private static Task TellAsync(ParseResult parsed, string name, WatermarkResult result) => FilmWords.TellAsync(
        parsed, name,
        string.Create(
            CultureInfo.InvariantCulture,
            $"marked {result.Before.PsnrMarked:0.0} → {result.After.PsnrMarked:0.0} dB, SSIM {result.Before.SsimMarked:0.000} → {result.After.SsimMarked:0.000}; "
            + $"whole {result.Before.Psnr:0.0} → {result.After.Psnr:0.0} dB, SSIM {result.Before.Ssim:0.000} → {result.After.Ssim:0.000}; mask IoU {result.Overlap:0.00}"),
        new JsonObject { ["nothing"] = Json(result.Before), ["removed"] = Json(result.After), ["maskOverlap"] = Math.Round(result.Overlap, 4) });

    private static JsonObject Json(PictureQuality quality) => new()
    {
        ["psnr"] = Math.Round(quality.Psnr, 3), ["psnrMarked"] = Math.Round(quality.PsnrMarked, 3), ["ssim"] = Math.Round(quality.Ssim, 5),
        ["ssimMarked"] = Math.Round(quality.SsimMarked, 5),
    };
}
