using System.Text.Json.Nodes;
using LiveFace.Storage;

namespace LiveFace.Tests.Storage;

[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class AuditLogTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("liveface-audit-").FullName;

    private string LogPath => Path.Combine(_folder, AuditLog.FileName);

    [Fact]
    public void Each_line_stands_on_the_one_before_also_over_a_restart_and_a_torn_line_is_none()
    {
        var log = new AuditLog(new AuditFile(_folder), TimeProvider.System);
        log.Write("a", "1", ("me", "k"), ("bytes", 7)).Line.ShouldBe(1);
        var second = log.Write("b", "1", ("me", "k"));
        File.AppendAllText(LogPath, """{"n":3,"what":"torn""");

        var third = new AuditLog(new AuditFile(_folder), TimeProvider.System).Write("c", "1", ("me", "k"));

        var lines = File.ReadAllLines(LogPath);
        (lines.Length, third.Line).ShouldBe((3, 3));
        for (var i = 1; i < lines.Length; i++)
            ((string?)JsonNode.Parse(lines[i])!["before"]).ShouldBe(AuditLog.HashOf(lines[i - 1]));
        second.Hash.ShouldBe(AuditLog.HashOf(lines[1]));
        File.GetUnixFileMode(LogPath).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public void A_disk_that_takes_no_line_is_told_and_the_chain_goes_on_afterwards()
    {
        var log = new AuditLog(new AuditFile(_folder), TimeProvider.System);
        log.Write("a", "1", ("me", "k"));
        File.Move(LogPath, LogPath + ".away");
        Directory.CreateDirectory(LogPath);
        Should.Throw<StorageException>(() => log.Write("b", "1", ("me", "k")));
        Directory.Delete(LogPath);
        File.Move(LogPath + ".away", LogPath);
        log.Write("c", "1", ("me", "k")).Line.ShouldBe(2);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
