namespace LiveFace.Redaction.Tests.Looks;

/// <summary>
/// Drives the real scheduler, tracker, rules and redactor through random load, failures, cuts, publishers and policies, and
/// holds every cell that goes out against the promise written out in full, with the whole history in hand.
/// </summary>
public sealed class PromiseTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void No_cell_is_shown_that_was_not_looked_at_as_the_policy_promises(int lookAhead)
    {
        var total = new PromiseTotals();
        for (var seed = 0; seed < 12; seed++)
        {
            using var run = new PromiseRun(seed * 10 + lookAhead, lookAhead);
            for (var i = 0; i < 150; i++)
                run.Step();
            total.Add(run.Total);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{total}");

        // All sides of the promise were really walked through.
        total.Covered.ShouldBeGreaterThan(100, $"{total}");
        total.Shown.ShouldBeGreaterThan(300, $"{total}");
        total.PartlyHidden.ShouldBeGreaterThan(30, $"{total}");
        total.ShownCells.ShouldBeGreaterThan(100_000, $"{total}");
        total.HeldCells.ShouldBeGreaterThan(100, $"{total}");
    }
}
