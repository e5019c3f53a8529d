using System.Collections.Immutable;
using LiveFace.Media.Images;
using LiveFace.Media.Images.Files;
using LiveFace.Media.Sandbox;
using LiveFace.Redaction.Effects.Pictures;
using LiveFace.Storage;

namespace LiveFace.Stickers;

/// <summary>
/// The server's stickers, kept over restarts. They are few and small, so all stand ready in memory, and a room's picture
/// never waits for one. One that can no longer be read is left out; policies that name it draw the face instead.
/// </summary>
internal sealed partial class StickerShelf : IStoreListener
{
    public const int MaximumStickers = 32;
    public const int MaximumBytes = 256 * 1024;
    public const int MaximumSide = 512;

    private static readonly ImageLimits Limits = new(MaximumBytes, MaximumSide * MaximumSide);

    private readonly IDatabase _database;
    private readonly DecoderSandbox? _sandbox;
    private readonly ILogger _logger;
    private readonly Lock _lock = new();
    private volatile Content _content;

    public StickerShelf(IDatabase database, ILogger<StickerShelf> logger, DecoderSandbox? sandbox = null)
    {
        _database = database;
        _sandbox = sandbox;
        _logger = logger;
        _content = ReadAll();
    }

    IReadOnlyCollection<string> IStoreListener.Tables => ["stickers"];

    public IEnumerable<Sticker> All => _content.Stickers.Values;

    public IEnumerable<string> Names => _content.Stickers.Keys;

    public Sticker? Find(string name) => _content.Stickers.GetValueOrDefault(name);

    /// <summary>What rooms draw: the sticker of this name, or the first where none is named. Rooms ask with each frame.</summary>
    public OverlayPicture? Picture(string? name)
    {
        var content = _content;
        return (name is null ? content.First : content.Stickers.GetValueOrDefault(name))?.Picture;
    }

    /// <summary>Puts a PNG picture up under a name, in the place of one that has it. False when the shelf is full.</summary>
    /// <exception cref="ImageException">The file is refused; the message says why.</exception>
    public bool TryPut(string name, byte[] file, out Sticker sticker)
    {
        sticker = Read(name, PngChunks.PictureOnly(file), _sandbox);
        lock (_lock)
        {
            if (_content.Stickers.Count >= MaximumStickers && !_content.Stickers.ContainsKey(name))
                return false;
            _database.Execute(
                "INSERT INTO stickers (name, file) VALUES (@name, @file) ON CONFLICT (name) DO UPDATE SET file = @file",
                ("@name", name), ("@file", sticker.File));
            _content = new Content(_content.Stickers.SetItem(name, sticker));
        }

        return true;
    }

    public bool Remove(string name)
    {
        lock (_lock)
        {
            if (!_content.Stickers.ContainsKey(name))
                return false;
            _database.Execute("DELETE FROM stickers WHERE name = @name", ("@name", name));
            _content = new Content(_content.Stickers.Remove(name));
            return true;
        }
    }

    /// <summary>They are few, and change rarely.</summary>
    void IStoreListener.Changed(IReadOnlyCollection<string> keys) => ((IStoreListener)this).Reload();

    void IStoreListener.Reload()
    {
        lock (_lock)
            _content = ReadAll();
    }

    private Content ReadAll()
    {
        var stickers = ImmutableSortedDictionary.CreateBuilder<string, Sticker>(StringComparer.Ordinal);
        foreach (var (name, file) in _database.Query("SELECT name, file FROM stickers", row => (row.GetString(0), (byte[])row[1])))
        {
            try
            {
                // What is stored was read in the sandbox once.
                stickers[name] = Read(name, file, sandbox: null);
            }
            catch (ImageException unreadable)
            {
                LogUnreadable(_logger, name, unreadable.Message);
            }
        }

        return new Content(stickers.ToImmutable());
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Sticker {Name} cannot be read and is left out: {Problem} Put it up again")]
    private static partial void LogUnreadable(ILogger logger, string name, string problem);

    private static Sticker Read(string name, byte[] file, DecoderSandbox? sandbox)
    {
        var picture = sandbox is null ? ReadHere(file, out var info) : sandbox.ReadRgba(file, out info, Limits);
        if (info.Format != ImageFormat.Png)
            throw new ImageException(ImageError.UnknownFormat, "A sticker is a PNG picture; this file is another one.");
        if (Math.Max(info.Width, info.Height) > MaximumSide)
            throw new ImageException(ImageError.TooManyPixels,
                $"The picture is {info.Width}×{info.Height} pixels; a sticker has at most {MaximumSide} on a side.");
        return new Sticker(name, info.Width, info.Height, file, new OverlayPicture(picture));
    }

    private static RgbaImage ReadHere(byte[] file, out ImageInfo info)
    {
        info = ImageFile.Identify(file, Limits);
        return ImageFile.DecodeRgba(file, Limits);
    }

    private sealed record Content(ImmutableSortedDictionary<string, Sticker> Stickers)
    {
        public Sticker? First { get; } = Stickers.Values.FirstOrDefault();
    }
}
