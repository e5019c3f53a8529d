using System.Globalization;
using LiveFace.Accuracy.Films;
using LiveFace.Accuracy.Framing;
using LiveFace.Accuracy.Promise;
using LiveFace.Accuracy.Blind;
using LiveFace.Accuracy.Sight;
using LiveFace.Accuracy.Traits;
using LiveFace.Media.Frames;
using LiveFace.Media.Images.Files;

namespace LiveFace.Accuracy;

/// <summary>What the tool can do.</summary>
internal static class Commands
{
    private const string Usage = """
        LiveFace.Accuracy look MODEL PICTURE [WIDTHxHEIGHT]   prints what a model sees in a picture
        LiveFace.Accuracy clips [MODEL]                         missed face-frames on clips that it paints
        LiveFace.Accuracy report [OPTIONS]                      all tables below, written into docs/reference/benchmarks.md
        LiveFace.Accuracy stills [OPTIONS]                      misses, hidden area and average precision on pictures
        LiveFace.Accuracy films [OPTIONS]                       the same on painted clips, live and as films
        LiveFace.Accuracy passes [OPTIONS]                      painted films, or photographs panned over, in one pass, linked, and after two
        LiveFace.Accuracy film-pace [OPTIONS]                   pictures a second of films, beside one detection a picture
                          --list FILE.jsonl   pictures of your own: {"file": "a.jpg", "faces": [[x, y, width, height], …]}
                          --wider FOLDER      WIDER FACE's validation set as published
                          --models a,b        face models of the catalogue, side by side
                          --looks whole,live,offline   --most N (of each kind)   --side 640   --curve   --every 25
                          --write FOLDER   the hidden pictures, to be looked at
        LiveFace.Accuracy blind [live] [FILE.jsonl]             rolled, very large, half hidden and dark faces, offline or live
        LiveFace.Accuracy traits FOLDER [N]                     age and gender on N pictures named as UTKFace's are
        LiveFace.Accuracy crops FOLDER                          main objects beside the masks of ECSSD's pictures
        LiveFace.Accuracy ways [MODEL]                          ways of spending time on a frame, side by side
        LiveFace.Accuracy steps                                 what a frame costs over the bare inference
        LiveFace.Accuracy pace [MILLISECONDS]                   all of the budget each frame, beside spending by need
        LiveFace.Accuracy looks                                 what a look of each model takes, on one thread and on two
        LiveFace.Accuracy hiding                                missed face-frames by look-ahead and by maximum age
        LiveFace.Accuracy promise [rooms [PRESET [WAIT_MS]]]    hidden for want of a look on ordinary clips, by pace or in a room
        LiveFace.Accuracy paint HEIGHT SPEED FACES FILE.y4m     writes one of those clips
        """;

    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            return await ChooseAsync(args);
        }
        catch (InvalidDataException told)
        {
            await Console.Error.WriteLineAsync(told.Message);
            return 2;
        }
    }

    private static async Task<int> ChooseAsync(string[] args)
    {
        switch (args)
        {
            case ["look", var model, var picture, .. var rest]:
                await LookAsync(model, picture, rest);
                return 0;
            case ["clips", .. var rest]:
                await ClipTable.PrintAsync(rest is [var model2] ? model2 : "ultraface");
                return 0;
            case ["report", .. var rest]:
                await Report.WriteAsync(SightOptions.Read(rest));
                return 0;
            case ["steps"]:
                await StepTable.PrintAsync();
                return 0;
            case ["hiding"]:
                await HidingTable.PrintAsync();
                return 0;
            case ["promise", "rooms", .. var rest]:
                await PromiseTable.PrintRoomsAsync(
                    rest is [var preset, ..] ? preset : "blur-faces", rest is [_, var wait] ? int.Parse(wait, CultureInfo.InvariantCulture) : null);
                return 0;
            case ["promise"]:
                await PromiseTable.PrintAsync();
                return 0;
            case ["pace", .. var rest]:
                await PaceTable.PrintAsync(TimeSpan.FromMilliseconds(rest is [var ms] ? double.Parse(ms, CultureInfo.InvariantCulture) : 8));
                return 0;
            case ["looks"]:
                await LooksTable.PrintAsync();
                return 0;
            case ["stills", .. var rest]:
                await StillTable.PrintAsync(SightOptions.Read(rest));
                return 0;
            case ["films", .. var rest]:
                await SightClips.PrintAsync(SightOptions.Read(rest));
                return 0;
            case ["film-pace", .. var rest]:
                await FilmPace.PrintAsync(SightOptions.Read(rest));
                return 0;
            case ["passes", .. var rest]:
                await FilmTable.PrintAsync(SightOptions.Read(rest));
                return 0;
            case ["blind", .. var rest]:
                await BlindTable.PrintAsync(rest.FirstOrDefault(word => word != "live") is { } list ? FacesFile.Read(list) : null, rest.Contains("live"));
                return 0;
            case ["traits", var folder, .. var rest]:
                await TraitTable.PrintAsync(folder, rest is [var most] ? int.Parse(most, CultureInfo.InvariantCulture) : int.MaxValue);
                return 0;
            case ["crops", var folder2]:
                await CropTable.PrintAsync(folder2);
                return 0;
            case ["ways", .. var rest]:
                await WaysTable.PrintAsync(rest is [var model3] ? model3 : "ultraface");
                return 0;
            case ["paint", var height, var speed, var faces, var file]:
                await ClipTable.PaintAsync(float.Parse(height), float.Parse(speed), int.Parse(faces), file);
                return 0;
            default:
                await Console.Error.WriteLineAsync(Usage);
                return 2;
        }
    }

    private static async Task LookAsync(string id, string picture, string[] rest)
    {
        using var detector = await Models.OpenAsync(id);
        using var pool = new FramePool();
        using var frame = ImageFile.Decode(await File.ReadAllBytesAsync(picture), pool);
        var size = detector.InputSize;
        if (rest is [var wanted] && wanted.Split('x') is [var w, var h])
            size = new InputSize(int.Parse(w), int.Parse(h));
        using var lane = detector.OpenLane(1);
        var found = new DetectionList();
        lane.Sample(frame, new PixelRect(0, 0, frame.Width, frame.Height), size);
        var begin = TimeProvider.System.GetTimestamp();
        var verdict = lane.Infer(found);
        Console.WriteLine($"{verdict} {size} of {frame.Width}×{frame.Height}: {found.Count} in {TimeProvider.System.GetElapsedTime(begin).TotalMilliseconds:F1} ms");
        foreach (var item in found.Items[..Math.Min(found.Count, 40)])
        {
            var label = item.Class < detector.Labels.Count ? detector.Labels[item.Class] : "?";
            Console.WriteLine($"{label} {item.Score:F3} {item.Box.Left:F0},{item.Box.Top:F0} {item.Box.Width:F0}×{item.Box.Height:F0} {item.Landmarks}");
        }
    }
}
