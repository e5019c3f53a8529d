using LiveFace.Media.Sandbox.Native;

namespace LiveFace.Media.Sandbox.Worker;

/// <summary>
/// A list of system calls, put in force for all threads of this process and for good (seccomp, by libseccomp). A call that
/// this processor does not have is left out.
/// </summary>
internal sealed unsafe class SystemCallFilter : IDisposable
{
    private readonly nint _filter;
    private bool _isWhole;

    private SystemCallFilter(uint otherwise)
    {
        _filter = LibSeccomp.New(otherwise);
        _isWhole = LibSeccomp.Set(_filter, LibSeccomp.AllThreads, 1) == 0
            && LibSeccomp.Set(_filter, LibSeccomp.BadArchitecture, LibSeccomp.KillProcess) == 0;
    }

    /// <summary>Makes a filter and puts it in force. Null when it is; else why not.</summary>
    /// <param name="otherwise">What becomes of a call that is not on the list.</param>
    /// <param name="fill">Makes the list.</param>
    /// <param name="before">What is to be done last without it.</param>
    public static string? Apply(uint otherwise, Action<SystemCallFilter> fill, Action? before = null)
    {
        try
        {
            using var filter = new SystemCallFilter(otherwise);
            fill(filter);
            before?.Invoke();
            if (!filter._isWhole)
                return "the filter of system calls cannot be made";
            var error = LibSeccomp.Load(filter._filter);
            return error == 0 ? null : $"the system takes no filter of system calls (error {-error})";
        }
        catch (DllNotFoundException missing)
        {
            before?.Invoke();
            return missing.Message;
        }
    }

    public void Allow(params IEnumerable<string> names)
    {
        foreach (var name in names)
            Add(LibSeccomp.Allow, name);
    }

    /// <summary>Its caller gets this error.</summary>
    public void Refuse(int error, params IEnumerable<string> names)
    {
        foreach (var name in names)
            Add(LibSeccomp.Refuse(error), name);
    }

    /// <summary>Allowed if its first argument is this.</summary>
    public void AllowWith(string name, ulong first) =>
        AddIf(name, new SeccompCondition { Comparison = SeccompCondition.Equal, Value = first });

    /// <summary>Allowed if its first argument has all of these bits.</summary>
    public void AllowWithBits(string name, ulong bits) =>
        AddIf(name, new SeccompCondition { Comparison = SeccompCondition.MaskedEqual, Value = bits, SecondValue = bits });

    public void Dispose() => LibSeccomp.Release(_filter);

    private void Add(uint action, string name)
    {
        var number = LibSeccomp.Number(name);
        if (number >= 0)
            _isWhole &= LibSeccomp.Add(_filter, action, number, 0, null) == 0;
    }

    private void AddIf(string name, SeccompCondition condition) =>
        _isWhole &= LibSeccomp.Add(_filter, LibSeccomp.Allow, LibSeccomp.Number(name), 1, &condition) == 0;
}
