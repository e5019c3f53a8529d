using System.Text.Json;

namespace LiveFace.Films.Boxes;

/// <summary>
/// Reads a JSON document from a stream value by value, so that no more of it is in memory than the value that is asked for.
/// </summary>
internal sealed class JsonPieces(Stream stream, string name)
{
    /// <summary>The most bytes of one value. A track over the longest film takes less than a tenth of it.</summary>
    private const int MostBytes = 64 << 20;

    private const int FirstBytes = 64 << 10;
    private const int MostDepth = 16;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = MostDepth };

    private byte[] _buffer = new byte[FirstBytes];
    private JsonReaderState _state = new(Options);
    private int _start;
    private int _end;
    private bool _isFinal;

    /// <summary>Reads one token, which has to be of that kind.</summary>
    public void Expect(JsonTokenType kind, string what)
    {
        if (Next() is var (read, _) && read != kind)
            throw Wrong(what, $"expected {Words(kind)}");
    }

    /// <summary>The next property's name, or null where the object ends.</summary>
    public string? Property(string what) => Next() switch
    {
        (JsonTokenType.PropertyName, var property) => property,
        (JsonTokenType.EndObject, _) => null,
        _ => throw Wrong(what, "expected a field or the end of the object"),
    };

    /// <summary>The next value of an array; false where the array ends.</summary>
    public bool TryItem(string what, out JsonDocument item)
    {
        item = null!;
        while (true)
        {
            var reader = Reader();
            try
            {
                if (reader.Read())
                {
                    if (reader.TokenType == JsonTokenType.EndArray)
                    {
                        Take(reader);
                        return false;
                    }

                    if (JsonDocument.TryParseValue(ref reader, out var document))
                    {
                        item = document;
                        Take(reader);
                        return true;
                    }
                }
            }
            catch (JsonException error)
            {
                throw Malformed(what, error);
            }

            Fill(what);
        }
    }

    /// <summary>The value of the property that was read last.</summary>
    public JsonDocument Value(string what)
    {
        while (true)
        {
            var reader = Reader();
            try
            {
                if (JsonDocument.TryParseValue(ref reader, out var document))
                {
                    Take(reader);
                    return document;
                }
            }
            catch (JsonException error)
            {
                throw Malformed(what, error);
            }

            Fill(what);
        }
    }

    /// <summary>Nothing but white space may follow.</summary>
    public void ExpectEnd()
    {
        while (true)
        {
            if (_buffer.AsSpan(_start, _end - _start).IndexOfAnyExcept(" \r\n\t"u8) >= 0)
                throw new BoxFileException($"{name}: there is more behind its end.");
            _start = _end;
            if (_isFinal)
                return;
            FillOnce();
        }
    }

    public BoxFileException Wrong(string where, string what) => new($"{name}: {where}: {what}.");

    private (JsonTokenType Type, string? Text) Next()
    {
        while (true)
        {
            var reader = Reader();
            try
            {
                if (reader.Read())
                {
                    var text = reader.TokenType == JsonTokenType.PropertyName ? reader.GetString() : null;
                    Take(reader);
                    return (reader.TokenType, text);
                }
            }
            catch (Exception error) when (error is JsonException or InvalidOperationException)
            {
                throw Malformed("$", error);
            }

            Fill("$");
        }
    }

    private Utf8JsonReader Reader() => new(_buffer.AsSpan(_start, _end - _start), _isFinal, _state);

    private void Take(in Utf8JsonReader reader)
    {
        _start += (int)reader.BytesConsumed;
        _state = reader.CurrentState;
    }

    private void Fill(string what)
    {
        if (_isFinal)
            throw Wrong(what, "the file breaks off");
        if (_end - _start > MostBytes)
            throw Wrong(what, $"one value has more than {MostBytes} bytes");
        FillOnce();
    }

    private void FillOnce()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
            Array.Resize(ref _buffer, 2 * _buffer.Length);
        var read = stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        _isFinal = read == 0;
    }

    private BoxFileException Malformed(string where, Exception error)
    {
        var place = error is JsonException { LineNumber: { } line, BytePositionInLine: { } at } ? $"line {line + 1}, byte {at + 1}: " : "";
        return new BoxFileException($"{name}: {where}: {place}it is no JSON.", error);
    }

    private static string Words(JsonTokenType kind) => kind switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        _ => "another value",
    };
}
