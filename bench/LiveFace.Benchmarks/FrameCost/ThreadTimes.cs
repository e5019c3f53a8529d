using System.Globalization;

namespace LiveFace.Benchmarks.FrameCost;

/// <summary>Milliseconds that the threads of this process have run, put together by name.</summary>
internal static class ThreadTimes
{
    private const string Threads = "/proc/self/task";

    public static Dictionary<string, double> Read()
    {
        var times = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var thread in Directory.EnumerateDirectories(Threads))
        {
            try
            {
                var name = File.ReadAllText(Path.Combine(thread, "comm")).Trim();
                var ran = File.ReadAllText(Path.Combine(thread, "schedstat")).Split(' ')[0];
                times[name] = times.GetValueOrDefault(name) + double.Parse(ran, CultureInfo.InvariantCulture) / 1e6;
            }
            catch (IOException)
            {
                // The thread has ended meanwhile.
            }
        }

        return times;
    }

    /// <summary>What each ran since, for each of so many frames, the longest first; those that hardly ran are left out.</summary>
    public static IEnumerable<(string Name, double Milliseconds)> Since(Dictionary<string, double> begin, long frames) =>
        Read().Select(now => (now.Key, (now.Value - begin.GetValueOrDefault(now.Key)) / frames))
            .Where(thread => thread.Item2 >= 0.005).OrderByDescending(thread => thread.Item2);
}
