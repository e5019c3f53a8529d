using System.Globalization;
using LiveFace.Films;
using LiveFace.Films.Review;
using LiveFace.Storage.Encryption;

namespace LiveFace.Features.Jobs.State;

/// <summary>The files of one job by their names, and how they lie there.</summary>
internal sealed record JobFolder(string Path, FilmVault Vault)
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The upload.</summary>
    public string Source => In("source");

    public const string BoxesName = "film.boxes.json";

    public string Boxes => In(BoxesName);

    public string Edits => EditLog.PathFor(Boxes);

    /// <summary>Held by the worker: two never work in one folder.</summary>
    public string Lock => In("lock");

    public string Segment(int index) => In(string.Create(CultureInfo.InvariantCulture, $"segment-{index:D6}.json"));

    public string Result(int generation, string extension) => In(string.Create(CultureInfo.InvariantCulture, $"result-{generation}{extension}"));

    /// <summary>What the worker that finished said: it is the last that is written, so what it names is whole.</summary>
    public string Outcome(int generation) => In(string.Create(CultureInfo.InvariantCulture, $"outcome-{generation}.json"));

    /// <summary>What the looks of the rounds found, while a film is written.</summary>
    public string Rounds(int generation) => In(string.Create(CultureInfo.InvariantCulture, $"rounds-{generation}.json"));

    /// <summary>Deletes what a film was written in, but these pieces, and what workers that were killed were about to write.</summary>
    public void DeletePieces(IReadOnlyCollection<string>? but = null)
    {
        var hidden = new EnumerationOptions { AttributesToSkip = 0 };
        foreach (var file in Directory.EnumerateFiles(Path, "piece-*").Where(file => but?.Contains(System.IO.Path.GetFileName(file).Split('.')[0]) != true)
            .Concat(Directory.EnumerateFiles(Path, ".piece-*", hidden)).Concat(Directory.EnumerateFiles(Path, ".result-*", hidden)).ToList())
            File.Delete(file);
        if (but is null)
            foreach (var file in Directory.EnumerateFiles(Path, "rounds-*").ToList())
                File.Delete(file);
    }

    /// <summary>Deletes results before this one.</summary>
    public void DeleteOlder(int generation)
    {
        foreach (var file in Directory.EnumerateFiles(Path, "result-*").Concat(Directory.EnumerateFiles(Path, "outcome-*")))
            if (!System.IO.Path.GetFileName(file).Split('-', '.')[1].Equals(generation.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal))
                File.Delete(file);
    }

    public string In(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Bytes of the upload that have come.</summary>
    public long SourceBytes
    {
        get
        {
            if (new FileInfo(Source) is not { Exists: true } file)
                return 0;
            return Vault is JobVault ? SealedChunks.LengthOf(file.Length) : file.Length;
        }
    }

    /// <summary>Opens the upload to go on behind what has come.</summary>
    public Stream OpenSource()
    {
        if (Vault is JobVault vault)
            return vault.Continue(Source);
        var settings = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.Read, BufferSize = 0, Options = FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows())
            settings.UnixCreateMode = OwnerFile;
        var file = new FileStream(Source, settings);
        file.Seek(0, SeekOrigin.End);
        return file;
    }
}
