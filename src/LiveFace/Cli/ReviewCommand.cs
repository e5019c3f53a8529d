using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using LiveFace.Cli.Films;
using LiveFace.Films;
using LiveFace.Films.Boxes;
using LiveFace.Films.Review;

namespace LiveFace.Cli;

/// <summary>
/// <c>liveface review</c>: lists the tracks of a box file and adds edits to its log. An edit is written only once it is known
/// that it can be applied.
/// </summary>
internal static class ReviewCommand
{
    private static readonly Argument<string> Boxes = new("boxes") { Description = "The box file, linked." };
    private static readonly Argument<int[]> Tracks = new("tracks") { Description = "Numbers of tracks.", Arity = ArgumentArity.OneOrMore };
    private static readonly Argument<int> Track = new("track") { Description = "The number of a track." };
    private static readonly Argument<int> Other = new("other") { Description = "The track that it goes on as." };
    private static readonly Argument<int> Picture = new("picture") { Description = "The number of a picture, from 0 on." };
    private static readonly Argument<int> FirstPicture = new("first") { Description = "The first picture." };
    private static readonly Argument<int> LastPicture = new("last") { Description = "The last picture." };
    private static readonly Argument<double> From = new("from") { Description = "Seconds of the film's clock." };
    private static readonly Argument<double> To = new("to") { Description = "Seconds of the film's clock." };
    private static readonly Argument<int> Edit = new("edit") { Description = "The number of an edit." };

    private static readonly Argument<string[]> Keys = new("keys")
    {
        Description = "PICTURE:LEFT,TOP,RIGHT,BOTTOM in pixels, in the order of the pictures.", Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string?> By = new("--by") { Description = "Who says so, for the log.", Recursive = true };
    private static readonly Option<string?> Model = new("--model") { Description = "The model that would have found it; usual: the first of the box file." };

    public static Command Create()
    {
        var command = new Command("review", "Lists the tracks of a box file, and says what is to be done with them.") { By };
        command.Add(List());
        command.Add(Log());
        command.Add(Verb("hide", "Hides tracks.", [Tracks], (parsed, _) => new HideTracks(parsed.GetRequiredValue(Tracks))));
        command.Add(Verb("keep", "Shows tracks as they are.", [Tracks], (parsed, _) => new KeepTracks(parsed.GetRequiredValue(Tracks))));
        command.Add(Verb("keep-only", "Shows these tracks as they are and hides all others.", [Tracks], (parsed, _) => new KeepOnly(parsed.GetRequiredValue(Tracks))));
        command.Add(Verb("join", "Makes two tracks one.", [Track, Other], (parsed, _) => new JoinTracks(parsed.GetRequiredValue(Track), parsed.GetRequiredValue(Other))));
        command.Add(Verb("split", "Ends a track before a picture and begins another there.", [Track, Picture],
            (parsed, review) => new SplitTrack(parsed.GetRequiredValue(Track), parsed.GetRequiredValue(Picture), review.NextId)));
        command.Add(Verb("cut", "Takes a track out of some pictures.", [Track, FirstPicture, LastPicture],
            (parsed, _) => new CutTrack(parsed.GetRequiredValue(Track), parsed.GetRequiredValue(FirstPicture), parsed.GetRequiredValue(LastPicture))));
        command.Add(Verb("box", "Adds a box, which is followed through the film in both directions, or one for each of several pictures.", [Keys],
            (parsed, review) => Add(parsed, review), Model));
        command.Add(Verb("cover", "Covers the picture for a time.", [From, To], (parsed, _) => new CoverTime(Range(parsed))));
        command.Add(Verb("mute", "Silences the sound for a time.", [From, To], (parsed, _) => new HideSound(Range(parsed), SoundEdit.Mute)));
        command.Add(Verb("beep", "Puts a tone in the place of the sound for a time.", [From, To], (parsed, _) => new HideSound(Range(parsed), SoundEdit.Beep)));
        command.Add(Verb("undo", "Takes an edit back.", [Edit], (parsed, _) => new UndoEdit(parsed.GetRequiredValue(Edit))));
        return command;
    }

    private static Command Verb(string name, string description, Argument[] arguments, Func<ParseResult, OpenReview, FilmEdit> edit, params Option[] options)
    {
        var command = new Command(name, description) { Boxes };
        foreach (var argument in arguments)
            command.Add(argument);
        foreach (var option in options)
            command.Add(option);
        command.SetAction(async (parsed, cancel) =>
        {
            var review = OpenReview.Open(parsed.GetRequiredValue(Boxes));
            var logged = review.Append(edit(parsed, review), parsed.GetValue(By));
            await parsed.InvocationConfiguration.Output.WriteLineAsync($"Edit {logged.Number}: {Words(logged.Edit)}");
            return CommandLine.Success;
        });
        return command;
    }

    private static Command List()
    {
        var command = new Command("list", "Lists the tracks, the least certain first.") { Boxes, FilmOptions.Json };
        command.SetAction(async (parsed, cancel) =>
        {
            var review = OpenReview.Open(parsed.GetRequiredValue(Boxes));
            var output = parsed.InvocationConfiguration.Output;
            foreach (var track in review.Tracks.Tracks.OrderByDescending(track => track.Doubt).ThenBy(track => track.Id))
            {
                var (model, kept) = (review.Head.Models[track.Model], review.Tracks.IsKept(track.Id));
                await output.WriteLineAsync(parsed.GetValue(FilmOptions.Json)
                    ? new JsonObject
                    {
                        ["track"] = track.Id, ["model"] = model.Name, ["class"] = model.Labels[track.Class], ["first"] = track.First, ["last"] = track.Last,
                        ["score"] = Math.Round(track.Score, 3), ["doubt"] = Math.Round(track.Doubt, 3), ["kept"] = kept,
                    }.ToJsonString()
                    : string.Create(CultureInfo.InvariantCulture,
                        $"{track.Id,6}  {model.Labels[track.Class],-10}  pictures {track.First} to {track.Last}, score {track.Score:0.00}, doubt {track.Doubt:0.00}{(kept ? ", kept" : "")}"));
            }

            return CommandLine.Success;
        });
        return command;
    }

    private static Command Log()
    {
        var command = new Command("log", "Lists the edits.") { Boxes };
        command.SetAction(async (parsed, cancel) =>
        {
            var log = EditLog.Read(EditLog.PathFor(parsed.GetRequiredValue(Boxes)));
            var inForce = log.InForce().Select(edit => edit.Number).ToHashSet();
            foreach (var edit in log.Edits)
                await parsed.InvocationConfiguration.Output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                    $"{edit.Number,4}  {edit.At:yyyy-MM-dd HH:mm}  {Words(edit.Edit)}{(edit.By is { } by ? $" ({by})" : "")}{(inForce.Contains(edit.Number) || edit.Edit is UndoEdit ? "" : ", undone")}"));
            return CommandLine.Success;
        });
        return command;
    }

    private static FilmEdit Add(ParseResult parsed, OpenReview review)
    {
        var name = parsed.GetValue(Model);
        var model = review.Head.Models.ToList().FindIndex(one => name is null || one.Name == name);
        if (model < 0)
            throw new FileRedactionException($"The box file has looks of {string.Join(", ", review.Head.Models.Select(one => one.Name))}, and none of {name}.");
        var keys = parsed.GetRequiredValue(Keys).Select(Key).ToList();
        return keys is [var (picture, box)]
            ? new AddBox(model, 0, picture, box, review.NextId)
            : new AddKeyframes(model, 0, keys, review.NextId);
    }

    private static KeyBox Key(string text)
    {
        var parts = text.Split(':');
        if (parts.Length == 2 && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var picture))
        {
            var edges = parts[1].Split(',').Select(edge =>
                float.TryParse(edge, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && float.IsFinite(value) ? value : float.NaN).ToList();
            if (edges.Count == 4 && edges[2] > edges[0] && edges[3] > edges[1])
                return new KeyBox(picture, new BoxF(edges[0], edges[1], edges[2], edges[3]));
        }

        throw new FileRedactionException($"'{text}' is no box; write PICTURE:LEFT,TOP,RIGHT,BOTTOM in pixels.");
    }

    private static TimeRange Range(ParseResult parsed)
    {
        var range = new TimeRange(TimeSpan.FromSeconds(parsed.GetRequiredValue(From)), TimeSpan.FromSeconds(parsed.GetRequiredValue(To)));
        return range.From < range.To ? range : throw new FileRedactionException("A time ends after it begins.");
    }

    private static string Words(FilmEdit edit) => edit switch
    {
        HideTracks hide => $"hide {string.Join(' ', hide.Tracks)}",
        KeepTracks keep => $"keep {string.Join(' ', keep.Tracks)}",
        KeepOnly only => $"keep only {string.Join(' ', only.Tracks)}",
        JoinTracks join => $"join {join.Track} and {join.Other}",
        SplitTrack split => $"split {split.Track} at picture {split.Picture}; it goes on as {split.NewTrack}",
        CutTrack cut => $"cut {cut.Track} out of pictures {cut.From} to {cut.To}",
        AddBox add => $"track {add.NewTrack} from a box in picture {add.Picture}",
        AddKeyframes add => $"track {add.NewTrack} from {add.Boxes.Count} boxes",
        CoverTime cover => $"cover {Words(cover.Time)}",
        HideSound sound => $"{(sound.How == SoundEdit.Mute ? "mute" : "beep")} {Words(sound.Time)}",
        UndoEdit undo => $"undo {undo.Edit}",
        _ => edit.ToString(),
    };

    private static string Words(TimeRange time) =>
        string.Create(CultureInfo.InvariantCulture, $"{time.From.TotalSeconds:0.###} to {time.To.TotalSeconds:0.###} s");

    /// <summary>A box file with its log.</summary>
    private sealed record OpenReview(BoxFileHead Head, EditLog Log, string LogPath, int Pictures, ReviewedTracks Tracks)
    {
        /// <summary>The next number for a track.</summary>
        public int NextId => Tracks.LastId + 1;

        public static OpenReview Open(string boxes)
        {
            if (!File.Exists(boxes))
                throw new FileRedactionException($"There is no file {boxes}.");
            using var reader = BoxFileReader.Open(boxes);
            for (var picture = new BoxPicture(); reader.TryNext(picture);)
            {
            }

            var tracks = reader.Head.Tracks ?? throw new FileRedactionException($"{boxes} has no tracks yet; make them with: liveface link {boxes}");
            var path = EditLog.PathFor(boxes);
            var log = EditLog.Read(path);
            return new OpenReview(reader.Head, log, path, reader.Pictures, log.ApplyTo(tracks, reader.Pictures));
        }

        public LoggedEdit Append(FilmEdit edit, string? by)
        {
            EditLog.Read(LogPath).With(edit).ApplyTo(Head.Tracks!, Pictures);
            return Log.Append(LogPath, edit, TimeProvider.System.GetUtcNow(), by);
        }
    }
}
