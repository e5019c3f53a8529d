namespace LiveFace.Architecture.Tests.Faults;

internal static class Catchers
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
