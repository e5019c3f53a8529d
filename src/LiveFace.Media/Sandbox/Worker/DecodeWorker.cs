using System.Text;
using LiveFace.Media.Sandbox.Native;

namespace LiveFace.Media.Sandbox.Worker;

/// <summary>
/// The program of a worker. It warms up while it still may read files, confines itself, says so in one line, and then
/// does what it is asked until the server closes its standard input.
/// </summary>
public static unsafe class DecodeWorker
{
    private const int StandardInput = 0;
    private const int StandardOutput = 1;
    private static readonly TimeSpan LookUp = TimeSpan.FromSeconds(10);

    /// <summary>Runs it; the argument is the path of the shared memory.</summary>
    public static int Run(ReadOnlySpan<string> arguments)
    {
        if (arguments.Length != 1)
            return 2;
        // The server's memory is opened first: who has no rights any more may not look into a process that has some.
        var area = WorkerArea.Open(arguments[0]);
        var privileges = Confinement.GiveUpPrivileges() ? null : "privileges cannot be given up";
        WarmUp.Run(area);
        using var ready = new ManualResetEventSlim();
        new Thread(() => Serve(area, ready)) { IsBackground = true, Name = "decode" }.Start();
        ready.Wait();
        var problem = Confinement.Apply() ?? privileges;
        Say((problem ?? "confined").ReplaceLineEndings(" ") + "\n");
        byte ignored;
        while (Posix.Read(StandardInput, &ignored, 1) > 0)
        {
            // Nothing is ever said there; its end is what is waited for.
        }

        Posix.Exit(0);
        return 0;
    }

    private static void Serve(WorkerArea area, ManualResetEventSlim ready)
    {
        using var tasks = new WorkerTasks(area);
        var control = area.Control;
        var done = 0;
        Futex.Wait(&control->Request, was: 1, LookUp);
        Futex.Wake(&control->Response);
        ready.Set();
        while (true)
        {
            var request = Volatile.Read(ref control->Request);
            if (request == done)
            {
                Futex.Wait(&control->Request, done, LookUp);
                continue;
            }

            var task = control->Task;
            control->Result = tasks.Do(task);
            done = request;
            Volatile.Write(ref control->Response, done);
            Futex.Wake(&control->Response);
        }
    }

    private static void Say(string line)
    {
        var bytes = Encoding.UTF8.GetBytes(line);
        fixed (byte* start = bytes)
            _ = Posix.Write(StandardOutput, start, (nuint)bytes.Length);
    }
}
