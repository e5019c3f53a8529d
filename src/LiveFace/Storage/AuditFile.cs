using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LiveFace.Storage;

/// <summary>The audit log as a file that only grows; a line's place is where it begins.</summary>
internal sealed class AuditFile(string folder) : IAuditLines
{
    private const int LongestLine = 64 << 10;
    private const int MostReadAtOnce = 4 << 20;
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly Lock _lock = new();
    private readonly string _path = Path.Combine(folder, AuditLog.FileName);
    private AuditMark? _last;

    public long Bytes => new FileInfo(_path) is { Exists: true } file ? file.Length : 0;

    public AuditMark Append(Func<AuditMark, string> make)
    {
        lock (_lock)
        {
            try
            {
                var before = _last ?? Open();
                var text = make(before);
                Write(Encoding.UTF8.GetBytes(text + "\n"));
                var mark = new AuditMark(before.Line + 1, AuditLog.HashOf(text));
                _last = mark;
                return mark;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // What is on the disk is looked at again before the next line.
                _last = null;
                throw new StorageException($"The audit log takes no line ({error.Message}).", error);
            }
        }
    }

    public IEnumerable<(long Begin, string Text)> Before(long? place)
    {
        try
        {
            var (tail, from) = ReadBefore(place);
            return Lines(tail, from);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"The audit log cannot be read ({error.Message}).", error);
        }
    }

    private static IEnumerable<(long Begin, string Text)> Lines(byte[] tail, long from)
    {
        // What follows the last end of a line is none.
        var end = tail.AsSpan().LastIndexOf((byte)'\n') + 1;
        while (end > 0)
        {
            var begin = tail.AsSpan(0, end - 1).LastIndexOf((byte)'\n') + 1;
            if (begin == 0 && from > 0)
                yield break;
            yield return (from + begin, Encoding.UTF8.GetString(tail, begin, end - 1 - begin));
            end = begin;
        }
    }

    private (byte[] Tail, long From) ReadBefore(long? before)
    {
        lock (_lock)
        {
            using var file = OpenFile();
            var end = Math.Clamp(before ?? file.Length, 0, file.Length);
            var from = Math.Max(0, end - MostReadAtOnce);
            var tail = new byte[end - from];
            file.Seek(from, SeekOrigin.Begin);
            file.ReadExactly(tail);
            return (tail, from);
        }
    }

    private void Write(byte[] line)
    {
        using var file = OpenFile();
        file.Seek(0, SeekOrigin.End);
        file.Write(line);
        file.Flush(flushToDisk: true);
    }

    /// <summary>The last line. What a crash left of one that was never answered for is taken away.</summary>
    private AuditMark Open()
    {
        using var file = OpenFile();
        var tail = new byte[(int)Math.Min(file.Length, 2L * LongestLine)];
        file.Seek(-tail.Length, SeekOrigin.End);
        file.ReadExactly(tail);
        var end = tail.AsSpan().LastIndexOf((byte)'\n') + 1;
        if (end < tail.Length)
            file.SetLength(file.Length - (tail.Length - end));
        if (end == 0)
            return AuditMark.None;
        var begin = tail.AsSpan(0, end - 1).LastIndexOf((byte)'\n') + 1;
        var line = Encoding.UTF8.GetString(tail, begin, end - 1 - begin);
        try
        {
            return new AuditMark((long)JsonNode.Parse(line)!["n"]!, AuditLog.HashOf(line));
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or NullReferenceException)
        {
            throw new IOException($"the last line of {AuditLog.FileName} is none", error);
        }
    }

    private FileStream OpenFile()
    {
        var settings = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.Read };
        if (!OperatingSystem.IsWindows())
            settings.UnixCreateMode = OwnerFile;
        return new FileStream(_path, settings);
    }
}
