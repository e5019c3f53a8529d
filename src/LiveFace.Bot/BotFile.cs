using Telegram.Bot.Types;

namespace LiveFace.Bot;

/// <summary>What a message brings: a file of the Bot API, its media type, and whether it came as a file rather than as a photo.</summary>
internal sealed record BotFile(string Id, long? Bytes, string Type, bool IsDocument)
{
    /// <summary>The picture of a message; a photo's largest size.</summary>
    public static BotFile? PictureOf(Message message) => message switch
    {
        { Photo: { Length: > 0 } sizes } when sizes.MaxBy(size => (long)size.Width * size.Height) is { } largest =>
            new BotFile(largest.FileId, largest.FileSize, "image/jpeg", IsDocument: false),
        { Animation: null, Document: { MimeType: { } type } file } when type.StartsWith("image/", StringComparison.OrdinalIgnoreCase) =>
            new BotFile(file.FileId, file.FileSize, type.ToLowerInvariant(), IsDocument: true),
        _ => null,
    };

    /// <summary>The film of a message, however it was sent.</summary>
    public static BotFile? FilmOf(Message message) => message switch
    {
        { Video: { } film } => new BotFile(film.FileId, film.FileSize, film.MimeType ?? "video/mp4", IsDocument: false),
        { VideoNote: { } note } => new BotFile(note.FileId, note.FileSize, "video/mp4", IsDocument: false),
        { Animation: { } film } => new BotFile(film.FileId, film.FileSize, film.MimeType ?? "video/mp4", IsDocument: false),
        { Document: { MimeType: { } type } file } when type.StartsWith("video/", StringComparison.OrdinalIgnoreCase) =>
            new BotFile(file.FileId, file.FileSize, type.ToLowerInvariant(), IsDocument: true),
        _ => null,
    };
}
