using LiveFace.Storage;

namespace LiveFace.Tests.Storage;

/// <summary>What a job's work came to stands in the audit log once, however often a crash has it end.</summary>
public sealed class AuditOnceTests : IDisposable
{
    private static readonly (string, string) Server = ("server", "");
    private static readonly string[] Begins = ["begun"];

    private readonly string _folder = Directory.CreateTempSubdirectory("liveface-audit-").FullName;

    private string LogPath => Path.Combine(_folder, AuditLog.FileName);

    [Fact]
    public void A_line_that_is_there_stands_for_the_same_one_also_far_back_and_after_a_restart()
    {
        var log = new AuditLog(new AuditFile(_folder), TimeProvider.System);
        log.Write("begun", "1", ("me", "k"));
        var mark = log.WriteOnce("done", "1", Server, Begins, ("generation", 1), ("output", "a"));
        // More than is read at once.
        File.AppendAllLines(LogPath, Enumerable.Range(3, 5000).Select(n => $$"""{"n":{{n}},"what":"seen","job":"2","padding":"{{new string('x', 1000)}}"}"""));

        new AuditLog(new AuditFile(_folder), TimeProvider.System).WriteOnce("done", "1", Server, Begins, ("generation", 1), ("output", "a")).ShouldBe(mark);

        mark.ShouldBe(new AuditMark(2, AuditLog.HashOf(File.ReadLines(LogPath).ElementAt(1))));
        File.ReadLines(LogPath).Count().ShouldBe(5002);
    }

    [Fact]
    public void Another_job_other_facts_and_what_is_begun_again_have_lines_of_their_own()
    {
        var log = new AuditLog(new AuditFile(_folder), TimeProvider.System);
        log.Write("begun", "1", ("me", "k"));
        log.WriteOnce("done", "1", Server, Begins, ("output", "a")).Line.ShouldBe(2);
        log.WriteOnce("done", "2", Server, Begins, ("output", "a")).Line.ShouldBe(3);
        log.WriteOnce("done", "1", Server, Begins, ("output", "b")).Line.ShouldBe(4);
        log.WriteOnce("failed", "1", Server, Begins, ("output", "b")).Line.ShouldBe(5);
        log.Write("begun", "1", ("me", "k"));
        log.WriteOnce("done", "1", Server, Begins, ("output", "b")).Line.ShouldBe(7);
        log.WriteOnce("done", "1", Server, Begins, ("output", "b")).Line.ShouldBe(7);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
