namespace LiveFace.Architecture.Tests.Faults;

#pragma warning disable CA1031 // The examples are what the test is about.

/// <summary>No exception is swallowed: who catches all reports what they caught, or throws it on.</summary>
public sealed class FaultTests
{
    /// <summary>Where the report itself failed, which is counted.</summary>
    private static readonly string[] Reports = ["FaultSink.Report", "EndpointCounters.Fail"];

    public static TheoryData<string> Present => [.. Projects.Present];

    [Theory]
    [MemberData(nameof(Present))]
    public void Nothing_is_caught_in_silence(string project) =>
        CatchAll.FindSilent(Projects.Load(project).Location).Except(Reports).ShouldBeEmpty();

    [Fact]
    public void What_is_silent_is_found() =>
        CatchAll.FindSilent(typeof(Catchers).Assembly.Location).Select(name => name.Split('.')[^1]).ShouldBe(
            ["Drops", "DropsUnnamed", "DropsWhenever", "KeepsTheMessage"], ignoreOrder: true);
}
