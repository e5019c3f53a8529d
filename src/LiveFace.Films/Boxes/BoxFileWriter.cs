using System.Buffers;
using System.Text.Json;
using LiveFace.Vision.Attributes;

namespace LiveFace.Films.Boxes;

/// <summary>
/// Writes a box file as it comes, a picture to a line. A file without its end is refused by the reader, so what broke off is
/// never taken for a whole film.
/// </summary>
public sealed class BoxFileWriter : IDisposable
{
    private const int FlushBytes = 64 << 10;

    private readonly Stream _stream;
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly Utf8JsonWriter _json;
    private int _pictures;
    private int _unlooked;
    private bool _finished;

    /// <summary>Writes the head; the stream stays the caller's.</summary>
    public BoxFileWriter(Stream stream, BoxFileHead head)
    {
        ArgumentNullException.ThrowIfNull(head);
        _stream = stream;
        _json = new Utf8JsonWriter(_buffer);
        Models = head.Models.Count;
        var reads = head.Attributes != FaceTraits.None;
        Raw(reads ? "{\"schema\":\"liveface/boxes\",\"version\":2,\n\"film\":"u8 : "{\"schema\":\"liveface/boxes\",\"version\":1,\n\"film\":"u8);
        Piece(() => BoxJson.Write(_json, head.Film));
        Raw(",\n\"models\":"u8);
        Items(head.Models, model => BoxJson.Write(_json, model));
        if (reads)
        {
            Raw(",\n\"attributes\":"u8);
            Piece(() => BoxReadings.Write(_json, head.Attributes));
        }

        if (head.Tracks is { } tracks)
        {
            Raw(",\n\"tracks\":"u8);
            Items(tracks, track => BoxJson.Write(_json, track));
        }

        Raw(",\n\"pictures\":["u8);
    }

    private int Models { get; }

    /// <summary>Writes the next picture; its number is how many were written before it.</summary>
    public void Write(BoxPicture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ObjectDisposedException.ThrowIf(_finished, this);
        if (picture.Index != _pictures)
            throw new ArgumentException($"Picture {picture.Index} was written as the {_pictures}th.", nameof(picture));
        Raw(_pictures++ == 0 ? "\n"u8 : ",\n"u8);
        _unlooked += picture.IsLookedAt(Models) ? 0 : 1;
        Piece(() => BoxJson.Write(_json, picture));
    }

    /// <summary>Writes the end, without which the file is none.</summary>
    public void Finish()
    {
        ObjectDisposedException.ThrowIf(_finished, this);
        _finished = true;
        Raw("],\n\"end\":"u8);
        Piece(() =>
        {
            _json.WriteStartObject();
            _json.WriteNumber("pictures", _pictures);
            _json.WriteNumber("unlooked", _unlooked);
            _json.WriteEndObject();
        });
        Raw("}\n"u8);
        Flush();
    }

    /// <inheritdoc/>
    public void Dispose() => _json.Dispose();

    private void Items<T>(IReadOnlyList<T> items, Action<T> write)
    {
        Raw("["u8);
        for (var i = 0; i < items.Count; i++)
        {
            Raw(i == 0 ? "\n"u8 : ",\n"u8);
            Piece(() => write(items[i]));
        }

        Raw("]"u8);
    }

    private void Piece(Action write)
    {
        _json.Reset();
        write();
        _json.Flush();
        if (_buffer.WrittenCount >= FlushBytes)
            Flush();
    }

    private void Raw(ReadOnlySpan<byte> bytes) => _buffer.Write(bytes);

    private void Flush()
    {
        _stream.Write(_buffer.WrittenSpan);
        _buffer.ResetWrittenCount();
    }
}
