using LiveFace.Storage;
using LiveFace.Storage.Shared;
using LiveFace.Tests.Jobs.Spread;
using Microsoft.Extensions.Options;

namespace LiveFace.Tests.Shared;

/// <summary>One audit log of several servers.</summary>
public sealed class AuditTakeoverTests : TakeoverTestBase
{
    [Fact]
    public async Task The_audit_log_of_a_second_server_is_named_in_the_shared_chain_which_goes_on()
    {
        await using var postgres = await PostgresServer.StartAsync();
        using var store = Open(postgres);
        var log = new AuditLog(new SharedAudit(store), TimeProvider.System);
        log.Write("first", "1", ("me", "k"));
        var folder = Path.Combine(_root, "other");
        using var own = new Database(Options.Create(new StorageOptions { Folder = folder }));
        var file = new AuditLog(new AuditFile(folder), TimeProvider.System);
        file.Write("its own", "2", ("me", "k"));
        var last = file.Write("its last", "2", ("me", "k"));
        File.AppendAllText(Path.Combine(folder, AuditLog.FileName), "torn");

        new StoreTakeover(own, store).Run(TimeProvider.System);

        log.Write("after", "1", ("me", "k")).Line.ShouldBe(3);
        await ShouldBeOneChainAsync(postgres, 3);
        var joined = log.Read(null, 10, text => text.Contains("audit-joined", StringComparison.Ordinal)).Lines.ShouldHaveSingleItem();
        ((long)joined["lines"]!, (string?)joined["hash"]).ShouldBe((2, last.Hash));
        File.Exists(Path.Combine(folder, AuditLog.FileName + ".taken-over")).ShouldBeTrue();
    }

    [Fact]
    public async Task Servers_that_write_at_once_make_one_chain_of_which_nothing_can_be_changed()
    {
        await using var postgres = await PostgresServer.StartAsync();
        using var one = Open(postgres);
        using var two = Open(postgres);
        AuditLog[] logs = [new(new SharedAudit(one), TimeProvider.System), new(new SharedAudit(two), TimeProvider.System)];
        await Task.WhenAll(logs.Select((log, server) => Task.Run(() =>
        {
            for (var i = 0; i < 40; i++)
                log.Write($"line-{server}-{i}", "1", ("me", "k"));
        }, Cancel)));

        await ShouldBeOneChainAsync(postgres, 80);
        logs[0].Read(null, 100, _ => true).Lines.Count.ShouldBe(80);
        var page = logs[0].Read(null, 30, _ => true);
        logs[1].Read(page.Before, 100, _ => true).Lines.Count.ShouldBe(50);
        foreach (var change in (string[])["UPDATE liveface.audit SET line = ''", "DELETE FROM liveface.audit", "TRUNCATE liveface.audit"])
            (await Should.ThrowAsync<Npgsql.PostgresException>(() => postgres.DoAsync(change))).Message.ShouldContain("only grows");
    }
}
