using System.Text;
using System.Text.Json;
using LiveFace.Films.Boxes;

namespace LiveFace.Films.Review;

/// <summary>
/// The edits of a film's review, a line of JSON each, in a file beside its box file. Lines are only ever added: what looks
/// found, and what was said before, is never lost, and an undo is a line of its own.
/// </summary>
public sealed class EditLog
{
    /// <summary>What the format calls itself.</summary>
    public const string Schema = "liveface/edits";

    /// <summary>The version that is written and read.</summary>
    public const int Version = 1;

    /// <summary>The most edits of one film.</summary>
    public const int MostEdits = 100_000;

    private const int MostBytes = 64 << 20;

    private readonly List<LoggedEdit> _edits = [];

    /// <summary>The edits, in the order in which they were made.</summary>
    public IReadOnlyList<LoggedEdit> Edits => _edits;

    /// <summary>The log of a box file, by its name.</summary>
    public static string PathFor(string boxes)
    {
        ArgumentException.ThrowIfNullOrEmpty(boxes);
        return boxes.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? boxes[..^".json".Length] + ".edits.jsonl" : boxes + ".edits.jsonl";
    }

    /// <summary>Reads a log; a file that is not there is an empty one.</summary>
    /// <exception cref="BoxFileException">It is no log; the message says which line.</exception>
    public static EditLog Read(string path, FilmVault? vault = null)
    {
        var log = new EditLog();
        if (!File.Exists(path))
            return log;
        var name = Path.GetFileName(path);
        using var lines = new StreamReader((vault ?? FilmVault.Plain).OpenRead(path), Encoding.UTF8);
        if (lines.BaseStream.Length > MostBytes)
            throw new BoxFileException($"{name} has more than {MostBytes} bytes.");
        var line = 0;
        while (lines.ReadLine() is { } text)
        {
            line++;
            try
            {
                if (line == 1)
                    ReadHead(text);
                else if (text.Length > 0)
                    log.Take(EditJson.Read(text));
            }
            catch (Exception error) when (error is JsonException or BoxFileException or InvalidOperationException)
            {
                throw new BoxFileException($"{name}, line {line}: {(error is JsonException ? "it is no JSON." : error.Message)}", error);
            }
        }

        return log;
    }

    /// <summary>Adds an edit to the log and to its file, which is made where there is none.</summary>
    public LoggedEdit Append(string path, FilmEdit edit, DateTimeOffset at, string? by = null, FilmVault? vault = null)
    {
        var logged = new LoggedEdit(_edits.Count + 1, at, by, edit);
        Take(logged);
        var head = File.Exists(path) ? "" : $"{{\"schema\":\"{Schema}\",\"version\":{Version}}}\n";
        (vault ?? FilmVault.Plain).Append(path, Encoding.UTF8.GetBytes($"{head}{EditJson.Write(logged)}\n"));
        return logged;
    }

    /// <summary>This log with one more edit, which is not written: to see whether it can be applied.</summary>
    public EditLog With(FilmEdit edit)
    {
        var with = new EditLog();
        with._edits.AddRange(_edits);
        with.Take(new LoggedEdit(_edits.Count + 1, DateTimeOffset.UnixEpoch, null, edit));
        return with;
    }

    /// <summary>The edits that count: those that no later one takes back.</summary>
    public IReadOnlyList<LoggedEdit> InForce()
    {
        var undone = new bool[_edits.Count + 1];
        for (var i = _edits.Count; i >= 1; i--)
            if (!undone[i] && _edits[i - 1].Edit is UndoEdit undo)
                undone[undo.Edit] = true;
        return [.. _edits.Where(edit => !undone[edit.Number] && edit.Edit is not UndoEdit)];
    }

    /// <summary>What a film's tracks are with all edits that count.</summary>
    /// <exception cref="FileRedactionException">An edit cannot be applied; the message names it.</exception>
    public ReviewedTracks ApplyTo(IReadOnlyList<BoxTrack> tracks, int pictures)
    {
        var run = new EditRun(tracks, pictures);
        foreach (var edit in InForce())
        {
            try
            {
                run.Apply(edit.Edit);
            }
            catch (FileRedactionException error)
            {
                throw new FileRedactionException($"Edit {edit.Number}: {error.Message}", error);
            }
        }

        return run.Finish();
    }

    private void Take(LoggedEdit edit)
    {
        if (_edits.Count == MostEdits)
            throw new BoxFileException($"$: there are more than {MostEdits} edits.");
        if (edit.Number != _edits.Count + 1)
            throw new BoxFileException($"$.edit: expected {_edits.Count + 1}.");
        if (edit.Edit is UndoEdit undo && (undo.Edit < 1 || undo.Edit >= edit.Number))
            throw new BoxFileException($"$.undo: there is no earlier edit {undo.Edit}.");
        _edits.Add(edit);
    }

    private static void ReadHead(string text)
    {
        using var document = JsonDocument.Parse(text);
        var fields = new JsonFields(document.RootElement, "$", "schema", "version");
        if (fields.Text("schema", 100) != Schema)
            throw JsonFields.Wrong("$.schema", $"expected \"{Schema}\"");
        fields.Integer("version", Version, Version);
    }
}
