using System.Security.Cryptography;
using LiveFace.Storage.Encryption;

namespace LiveFace.Tests.Storage.Encryption;

/// <summary>Large files that are encrypted: read from any place, gone on with, and never taken for whole when they are not.</summary>
public sealed class SealedChunksTests : IDisposable
{
    private const int Chunk = SealedChunks.ChunkBytes, Whole = Chunk + 28;
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.sealed");
    private readonly FileKey _key = FileKey.TryRead(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)))!;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Chunk - 1)]
    [InlineData(Chunk)]
    [InlineData(Chunk + 1)]
    [InlineData(3 * Chunk)]
    [InlineData(3 * Chunk + 77)]
    public void A_file_of_any_length_is_read_back_whole_and_from_any_place(int length)
    {
        var plain = RandomNumberGenerator.GetBytes(length);
        Write(plain);
        using var reader = Open();
        reader.Length.ShouldBe(length);
        using var all = new MemoryStream();
        reader.CopyTo(all);
        all.ToArray().ShouldBe(plain);
        foreach (var at in (int[])[length / 2, length - 1, 0, Math.Min(length, Chunk)])
        {
            reader.Position = Math.Max(0, at);
            var some = new byte[Math.Min(100, length - (int)reader.Position)];
            reader.ReadExactly(some);
            some.ShouldBe(plain.AsSpan(Math.Max(0, at), some.Length).ToArray());
        }
    }

    [Fact]
    public void What_was_changed_exchanged_cut_off_or_added_is_refused()
    {
        var plain = new byte[2 * Chunk + 500];
        Write(plain);
        var good = File.ReadAllBytes(_path);
        good.AsSpan().IndexOf(new byte[64]).ShouldBe(-1);
        byte[] Chunks(params int[] order) => [.. good[..48], .. order.SelectMany(i => good.Skip(48 + i * Whole).Take(Whole))];

        Refused(good[..^1]);
        Refused(good[..(48 + 2 * Whole)]);
        Refused(good[..(48 + Whole)]);
        Refused(good[..48]);
        Refused([.. good, 0]);
        Refused(Chunks(1, 0, 2));
        Refused(Chunks(0, 0, 2));
        Refused(Chunks(0, 2));
        foreach (var at in (int[])[17, 40, 48, 60, 48 + Whole + 5, good.Length - 1])
        {
            var changed = (byte[])good.Clone();
            changed[at] ^= 1;
            Refused(changed);
        }

        // The first file's end behind the second's beginning.
        Write(plain);
        Refused([.. File.ReadAllBytes(_path)[..(48 + Whole)], .. good[(48 + Whole)..]]);
        Refused(good, name: "another");
        Refused(good, key: FileKey.TryRead(Convert.ToBase64String(new byte[32]))).ShouldContain("another key");
        Refused(good, key: _key.For("another job"));
        Refused(plain).ShouldContain("not encrypted");
    }

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

    public void Dispose() => File.Delete(_path);

    private void Write(byte[] plain)
    {
        using var writer = SealedWriter.Begin(SealedChunks.Create(Handle(FileMode.Create), _key, "film"));
        writer.Write(plain);
    }

    private SealedReader Open() => new(SealedChunks.Open(Handle(FileMode.Open), _key, "film"));

    private Microsoft.Win32.SafeHandles.SafeFileHandle Handle(FileMode mode) => File.OpenHandle(_path, mode, FileAccess.ReadWrite, FileShare.ReadWrite);

    private string Refused(byte[] file, string name = "film", FileKey? key = null)
    {
        File.WriteAllBytes(_path, file);
        return Should.Throw<SealedFileException>(() =>
        {
            using var reader = new SealedReader(SealedChunks.Open(Handle(FileMode.Open), key ?? _key, name));
            reader.CopyTo(Stream.Null);
        }).Message;
    }
}
