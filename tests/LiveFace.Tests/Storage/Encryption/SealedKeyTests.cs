using System.Security.Cryptography;
using LiveFace.Storage.Encryption;

namespace LiveFace.Tests.Storage.Encryption;

/// <summary>Files that were broken off, and keys for one job.</summary>
public sealed class SealedKeyTests : SealedTestBase
{
    [Fact]
    public void One_that_was_broken_off_goes_on_where_it_was_and_is_no_file_until_its_end_is_marked()
    {
        var plain = RandomNumberGenerator.GetBytes(2 * Chunk + 1000);
        using (var writer = SealedWriter.Continue(SealedChunks.Create(Handle(FileMode.Create), _key, "film")))
            writer.Write(plain.AsSpan(0, Chunk + 10));
        Refused(File.ReadAllBytes(_path));
        // A crash in the middle of a chunk.
        using (var file = Handle(FileMode.Open))
            RandomAccess.Write(file, new byte[20], RandomAccess.GetLength(file) - 5);

        using (var writer = SealedWriter.Continue(SealedChunks.Open(Handle(FileMode.Open), _key, "film")))
        {
            writer.Length.ShouldBe(Chunk);
            writer.Write(plain.AsSpan(Chunk));
            writer.Finish();
        }

        using var reader = Open();
        using var all = new MemoryStream();
        reader.CopyTo(all);
        all.ToArray().ShouldBe(plain);
    }

    [Fact]
    public void A_key_for_one_job_comes_through_as_text_and_opens_no_other_jobs_file()
    {
        var given = FileKey.Import(_key.For("job a").Export()).ShouldNotBeNull();
        using (var writer = SealedWriter.Begin(SealedChunks.Create(Handle(FileMode.Create), _key.For("job a"), "film")))
            writer.Write([1, 2, 3]);
        using (var reader = new SealedReader(SealedChunks.Open(Handle(FileMode.Open), given, "film")))
            reader.Length.ShouldBe(3);
        Refused(File.ReadAllBytes(_path), key: _key.For("job b"));
        Refused(File.ReadAllBytes(_path), key: _key);
    }
}
