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

    private static class Catchers
    {
        private static string s_message = "";

        public static void Drops(Action work)
        {
            try
            {
                work();
            }
            catch (Exception)
            {
                s_message = "";
            }
        }

        public static void DropsUnnamed(Action work)
        {
            try
            {
                work();
            }
            catch
            {
                s_message = "";
            }
        }

        public static void DropsWhenever(Action work)
        {
            try
            {
                work();
            }
            catch (Exception) when (s_message.Length == 0)
            {
                s_message = "";
            }
        }

        public static void KeepsTheMessage(Action work)
        {
            try
            {
                work();
            }
            catch (Exception error)
            {
                s_message = error.Message;
            }
        }

        public static void KnowsWhatItDrops(Action work)
        {
            try
            {
                work();
            }
            catch (Exception error) when (error is IOException or TimeoutException)
            {
                s_message = "";
            }
        }

        public static void Reports(Action work, Action<string, Exception> report)
        {
            try
            {
                work();
            }
            catch (Exception error)
            {
                report("here", error);
            }
        }

        public static async Task ReportsLaterAsync(Func<Task> work, Func<Exception, Task> report)
        {
            await using var stream = new MemoryStream();
            try
            {
                await work();
            }
            catch (Exception error)
            {
                await Task.Yield();
                await report(error);
            }
        }

        public static void ThrowsOn(Action work)
        {
            try
            {
                work();
            }
            catch
            {
                s_message = "";
                throw;
            }
        }
    }
}
