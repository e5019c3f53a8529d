using System.Runtime.InteropServices;

namespace LiveFace.Media.Sandbox.Native;

/// <summary>
/// Landlock (landlock(7)): takes from this thread, and from what it becomes, all files but those that are named. Linux has it
/// since 5.13; what later versions can take beyond that is taken where they are there.
/// </summary>
internal static unsafe class Landlock
{
    // The same on every processor.
    private const nint CreateRuleset = 444;
    private const nint AddRule = 445;
    private const nint RestrictSelf = 446;

    private const nint AskVersion = 1;
    private const nint PathBeneath = 1;
    private const ulong Execute = 1 << 0;
    private const ulong WriteFile = 1 << 1;
    private const ulong ReadFile = 1 << 2;
    private const ulong Truncate = 1 << 14;
    private const ulong BindTcp = 1 << 0;
    private const ulong ConnectTcp = 1 << 1;
    private const ulong AbstractSocketsAndSignals = 3;

    /// <summary>Null when it is in force; else why not. What is not there is not allowed, and no fault.</summary>
    public static string? Restrict(FileRules allowed, bool network)
    {
        var version = (int)Posix.SystemCall(CreateRuleset, 0, 0, AskVersion, 0, 0, 0);
        if (version < 1)
            return "the system cannot confine files (it has no Landlock)";
        var handled = (1UL << version switch { 1 => 13, 2 => 14, 3 or 4 => 15, _ => 16 }) - 1;
        var ruleset = stackalloc ulong[3]
        {
            handled, version < 4 ? 0 : network ? BindTcp : BindTcp | ConnectTcp, version < 6 ? 0 : AbstractSocketsAndSignals,
        };
        var rules = (int)Posix.SystemCall(CreateRuleset, (nint)ruleset, version < 4 ? 8 : version < 6 ? 16 : 24, 0, 0, 0, 0);
        if (rules < 0)
            return Posix.Failure("no rules for files can be made").Message;
        try
        {
            var isMade = allowed.Programs.All(path => Allow(rules, path, ReadFile | Execute))
                && allowed.Read.All(path => Allow(rules, path, ReadFile))
                && allowed.Written.All(path => Allow(rules, path, (ReadFile | WriteFile | Truncate) & handled));
            return isMade && Posix.SystemCall(RestrictSelf, rules, 0, 0, 0, 0, 0) == 0
                ? null
                : Posix.Failure("the rules for files do not hold").Message;
        }
        finally
        {
            _ = Posix.Close(rules);
        }
    }

    private static bool Allow(int rules, string path, ulong rights)
    {
        var place = Posix.Open(path, Posix.OpenPath | Posix.OpenCloseOnExec);
        if (place < 0)
            return true;
        var rule = new Beneath { Rights = rights, Place = place };
        var added = Posix.SystemCall(AddRule, rules, PathBeneath, (nint)(&rule), 0, 0, 0) == 0;
        _ = Posix.Close(place);
        return added;
    }

    /// <summary>As <c>struct landlock_path_beneath_attr</c>.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    private struct Beneath
    {
        public ulong Rights;
        public int Place;
    }
}

/// <summary>The files, and the folders with all that is in them, that may be opened.</summary>
/// <param name="Programs">Read, and executed.</param>
/// <param name="Read">Read.</param>
/// <param name="Written">Read and written, but not made.</param>
internal sealed record FileRules(IEnumerable<string> Programs, IEnumerable<string> Read, IEnumerable<string> Written);
