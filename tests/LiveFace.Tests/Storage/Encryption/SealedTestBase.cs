using System.Security.Cryptography;
using LiveFace.Storage.Encryption;

namespace LiveFace.Tests.Storage.Encryption;

/// <summary>A sealed file, and its key.</summary>
public abstract class SealedTestBase : IDisposable
{
    private protected const int Chunk = SealedChunks.ChunkBytes, Whole = Chunk + 28;

    private protected readonly string _path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.sealed");

    private protected readonly FileKey _key = FileKey.TryRead(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)))!;

    public void Dispose()
    {
        File.Delete(_path);
        GC.SuppressFinalize(this);
    }

    private protected SealedReader Open() => new(SealedChunks.Open(Handle(FileMode.Open), _key, "film"));

    private protected Microsoft.Win32.SafeHandles.SafeFileHandle Handle(FileMode mode) => File.OpenHandle(_path, mode, FileAccess.ReadWrite, FileShare.ReadWrite);

    private protected string Refused(byte[] file, string name = "film", FileKey? key = null)
    {
        File.WriteAllBytes(_path, file);
        return Should.Throw<SealedFileException>(() =>
        {
            using var reader = new SealedReader(SealedChunks.Open(Handle(FileMode.Open), key ?? _key, name));
            reader.CopyTo(Stream.Null);
        }).Message;
    }
}
