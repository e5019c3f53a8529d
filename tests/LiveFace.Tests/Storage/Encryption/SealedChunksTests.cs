using System.Security.Cryptography;
using LiveFace.Storage.Encryption;

namespace LiveFace.Tests.Storage.Encryption;

/// <summary>Large files that are encrypted: read from any place, gone on with, and never taken for whole when they are not.</summary>
public sealed class SealedChunksTests : SealedTestBase
{
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

    private void Write(byte[] plain)
    {
        using var writer = SealedWriter.Begin(SealedChunks.Create(Handle(FileMode.Create), _key, "film"));
        writer.Write(plain);
    }
}
