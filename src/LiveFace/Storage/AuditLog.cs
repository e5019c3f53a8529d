using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LiveFace.Storage;

/// <summary>
/// What was done with films and with pictures that are kept, a line of JSON each, in a file that only grows. Each line has the hash of the one before it, so that
/// none can be changed, left out or put in without breaking the rest. What is not in the log was not done: whoever does something
/// writes its line first. Lines hold no name of a file and no picture.
/// </summary>
internal sealed class AuditLog
{
    public const string FileName = "audit.jsonl";

    private const int LongestLine = 64 << 10;
    private const int MostReadAtOnce = 4 << 20;
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Names of people stay readable; the log is no web page.</summary>
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Lock _lock = new();
    private readonly string _path;
    private readonly TimeProvider _time;
    private AuditMark? _last;

    public AuditLog(Database database, TimeProvider time)
    {
        _path = Path.Combine(database.Folder, FileName);
        _time = time;
    }

    /// <summary>Writes a line, and gives where it stands.</summary>
    /// <param name="what">What is done.</param>
    /// <param name="job">With which job.</param>
    /// <param name="by">The name of whoever does it, and the id of their key or link.</param>
    /// <param name="facts">More of it.</param>
    /// <exception cref="StorageException">The disk did not take it; it is not to be done.</exception>
    public AuditMark Write(string what, string job, (string Name, string Key) by, params ReadOnlySpan<(string Name, JsonNode? Value)> facts) =>
        WriteAbout("job", job, what, by, facts);

    /// <summary>The same about something else than a job: its kind, and its id or null where it is about several.</summary>
    /// <exception cref="StorageException">The disk did not take it; it is not to be done.</exception>
    public AuditMark WriteAbout(
        string kind, string? id, string what, (string Name, string Key) by, params ReadOnlySpan<(string Name, JsonNode? Value)> facts)
    {
        lock (_lock)
        {
            try
            {
                var before = _last ?? Open();
                var line = new JsonObject
                {
                    ["n"] = before.Line + 1, ["at"] = _time.GetUtcNow().UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
                    ["what"] = what, [kind] = id, ["by"] = by.Name, ["key"] = by.Key,
                };
                foreach (var (name, value) in facts)
                    line[name] = value;
                line["before"] = before.Hash;
                var text = line.ToJsonString(Json);
                Append(Encoding.UTF8.GetBytes(text + "\n"));
                var mark = new AuditMark(before.Line + 1, HashOf(text));
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

    /// <summary>How large it is.</summary>
    public long Bytes => new FileInfo(_path) is { Exists: true } file ? file.Length : 0;

    /// <summary>
    /// Lines, the newest first, from before a place in the file on; the end where none is named. A page may end early, so that no
    /// search reads it all at once.
    /// </summary>
    /// <exception cref="StorageException">The disk does not give it.</exception>
    public AuditPage Read(long? before, int most, Func<string, bool> isWanted)
    {
        try
        {
            var (tail, from) = ReadBefore(before);
            var lines = new List<JsonObject>();
            // What follows the last end of a line is none.
            var end = tail.AsSpan().LastIndexOf((byte)'\n') + 1;
            while (end > 0 && lines.Count < most)
            {
                var begin = tail.AsSpan(0, end - 1).LastIndexOf((byte)'\n') + 1;
                if (begin == 0 && from > 0)
                    break;
                var text = Encoding.UTF8.GetString(tail, begin, end - 1 - begin);
                if (isWanted(text) && JsonNode.Parse(text) is JsonObject line)
                    lines.Add(line);
                end = begin;
            }

            return new AuditPage(lines, from + end > 0 ? from + end : null);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new StorageException($"The audit log cannot be read ({error.Message}).", error);
        }
    }

    internal static string HashOf(string line) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(line)));

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

    private void Append(byte[] line)
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
            return new AuditMark(0, new string('0', 2 * SHA256.HashSizeInBytes));
        var begin = tail.AsSpan(0, end - 1).LastIndexOf((byte)'\n') + 1;
        var line = Encoding.UTF8.GetString(tail, begin, end - 1 - begin);
        try
        {
            return new AuditMark((long)JsonNode.Parse(line)!["n"]!, HashOf(line));
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or NullReferenceException)
        {
            throw new IOException($"the last line of {FileName} is none", error);
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

/// <summary>A line of the audit log: its number, from 1 on, and the hash of its text.</summary>
internal sealed record AuditMark(long Line, string Hash);

/// <summary>Lines of the audit log, and the place before which the next are; null at the beginning.</summary>
internal sealed record AuditPage(IReadOnlyList<JsonObject> Lines, long? Before);
