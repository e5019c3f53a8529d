using System.Text.Json;
using LiveFace.Vision.Attributes;

namespace LiveFace.Films.Boxes;

/// <summary>
/// Reads a box file: first the head with its tracks, then picture by picture. It is as strict as the format: a field that is
/// not known, a number out of its range, a file that breaks off are each an error that says where.
/// </summary>
public sealed class BoxFileReader : IDisposable
{
    private const int MostTracks = 1 << 20;

    private readonly Stream _stream;
    private readonly JsonPieces _pieces;
    private TimeSpan _last = TimeSpan.MinValue;
    private int _unlooked;
    private bool _ended;

    private BoxFileReader(Stream stream, string name)
    {
        _stream = stream;
        _pieces = new JsonPieces(stream, name);
        Head = Located(name, ReadHead);
        Name = name;
    }

    /// <summary>What stands before the pictures.</summary>
    public BoxFileHead Head { get; }

    /// <summary>How many pictures were read.</summary>
    public int Pictures { get; private set; }

    private string Name { get; }

    /// <summary>Opens a file and reads its head.</summary>
    /// <exception cref="BoxFileException">It is no box file; the message says where.</exception>
    public static BoxFileReader Open(string path, FilmVault? vault = null)
    {
        var stream = (vault ?? FilmVault.Plain).OpenRead(path);
        try
        {
            return new BoxFileReader(stream, Path.GetFileName(path));
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Reads from a stream, which is closed with the reader.</summary>
    /// <exception cref="BoxFileException">It is no box file; the message says where.</exception>
    public static BoxFileReader Read(Stream stream, string name) => new(stream, name);

    /// <summary>Makes the picture the next one; false when there is none, and the file was whole.</summary>
    /// <exception cref="BoxFileException">The file is not what it should be; the message says where.</exception>
    public bool TryNext(BoxPicture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        return !_ended && Located(Name, () => Next(picture));
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private bool Next(BoxPicture picture)
    {
        if (!_pieces.TryItem($"$.pictures[{Pictures}]", out var item))
        {
            ReadEnd();
            return false;
        }

        using (item)
            BoxJson.ReadPicture(item.RootElement, Pictures, _last, Head, picture);
        _last = picture.At;
        _unlooked += picture.IsLookedAt(Head.Models.Count) ? 0 : 1;
        Pictures++;
        return true;
    }

    private BoxFileHead ReadHead()
    {
        _pieces.Expect(JsonTokenType.StartObject, "$");
        Field("schema");
        using (var schema = _pieces.Value("$.schema"))
            if (schema.RootElement.ValueKind != JsonValueKind.String || !schema.RootElement.ValueEquals(BoxFileHead.Schema))
                throw JsonFields.Wrong("$.schema", $"expected \"{BoxFileHead.Schema}\"");
        Field("version");
        var reads = false;
        using (var version = _pieces.Value("$.version"))
            if (version.RootElement.ValueKind != JsonValueKind.Number || !version.RootElement.TryGetInt32(out var number) || number is not (BoxFileHead.Version or BoxReadings.Version))
                throw JsonFields.Wrong("$.version", $"expected {BoxFileHead.Version}, or {BoxReadings.Version} with readings");
            else
                reads = number == BoxReadings.Version;
        Field("film");
        FilmFacts film;
        using (var value = _pieces.Value("$.film"))
            film = BoxJson.ReadFilm(value.RootElement, "$.film");
        Field("models");
        var models = ReadModels();
        var traits = reads ? ReadTraits() : FaceTraits.None;
        var next = _pieces.Property("$");
        List<BoxTrack>? tracks = null;
        if (next == "tracks")
        {
            tracks = ReadTracks(models, traits);
            next = _pieces.Property("$");
        }

        if (next != "pictures")
            throw JsonFields.Wrong("$", $"expected tracks or pictures, not {next ?? "the end"}");
        _pieces.Expect(JsonTokenType.StartArray, "$.pictures");
        return new BoxFileHead { Film = film, Models = models, Attributes = traits, Tracks = tracks };
    }

    private FaceTraits ReadTraits()
    {
        Field("attributes");
        using var value = _pieces.Value("$.attributes");
        return BoxReadings.ReadTraits(value.RootElement, "$.attributes");
    }

    private List<BoxModel> ReadModels()
    {
        var models = new List<BoxModel>();
        _pieces.Expect(JsonTokenType.StartArray, "$.models");
        while (_pieces.TryItem($"$.models[{models.Count}]", out var item))
            using (item)
            {
                var model = BoxJson.ReadModel(item.RootElement, $"$.models[{models.Count}]");
                if (models.Count == BoxJson.MostModels)
                    throw JsonFields.Wrong("$.models", $"expected {BoxJson.MostModels} at most");
                if (models.Exists(other => string.Equals(other.Name, model.Name, StringComparison.Ordinal)))
                    throw JsonFields.Wrong($"$.models[{models.Count}].name", $"'{model.Name}' is there twice");
                models.Add(model);
            }

        return models;
    }

    private List<BoxTrack> ReadTracks(List<BoxModel> models, FaceTraits traits)
    {
        var tracks = new List<BoxTrack>();
        var ids = new HashSet<int>();
        _pieces.Expect(JsonTokenType.StartArray, "$.tracks");
        while (_pieces.TryItem($"$.tracks[{tracks.Count}]", out var item))
            using (item)
            {
                if (tracks.Count == MostTracks)
                    throw JsonFields.Wrong("$.tracks", $"expected {MostTracks} at most");
                var track = BoxJson.ReadTrack(item.RootElement, $"$.tracks[{tracks.Count}]", models, traits);
                if (!ids.Add(track.Id))
                    throw JsonFields.Wrong($"$.tracks[{tracks.Count}].id", $"{track.Id} is there twice");
                tracks.Add(track);
            }

        return tracks;
    }

    private void ReadEnd()
    {
        _ended = true;
        Field("end");
        using (var value = _pieces.Value("$.end"))
        {
            var fields = new JsonFields(value.RootElement, "$.end", "pictures", "unlooked");
            if (fields.Integer("pictures", 0, BoxJson.MostPicture) != Pictures)
                throw JsonFields.Wrong("$.end.pictures", $"expected {Pictures}, which is how many there are");
            if (fields.Integer("unlooked", 0, BoxJson.MostPicture) != _unlooked)
                throw JsonFields.Wrong("$.end.unlooked", $"expected {_unlooked}, which is how many there are");
        }

        if (_pieces.Property("$") is { } more)
            throw JsonFields.Wrong($"$.{more}", "not a field");
        _pieces.ExpectEnd();
        foreach (var track in Head.Tracks ?? [])
            if (track.Last >= Pictures)
                throw JsonFields.Wrong("$.tracks", $"track {track.Id} goes on to picture {track.Last}, of {Pictures}");
    }

    private void Field(string name)
    {
        var read = _pieces.Property("$");
        if (read != name)
            throw JsonFields.Wrong("$", $"expected {name}, not {read ?? "the end"}");
    }

    private static T Located<T>(string name, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (BoxFileException error) when (error.Message.StartsWith('$'))
        {
            throw new BoxFileException($"{name}: {error.Message}", error);
        }
        catch (InvalidOperationException error) when (error is not ObjectDisposedException)
        {
            // What JsonElement throws for text that it can not give.
            throw new BoxFileException($"{name}: holds text that is no UTF-8.", error);
        }
    }
}
