namespace LiveFace.Access.Foreign;

/// <summary>A grant that stands only as long as another server says so.</summary>
internal sealed class GrantRecheck(AuthHook hook, ForeignRequest request, TimeSpan every) : IGrantRecheck
{
    private volatile bool _isOver;

    public TimeSpan Every { get; } = every;

    public bool IsOver => _isOver;

    public async Task AskAsync()
    {
        if (!_isOver && !await hook.StandsAsync(request, CancellationToken.None))
            _isOver = true;
    }

    public async ValueTask<bool> MayAsync(Roles roles, string room) =>
        (await hook.AdmitAsync(request with { Needed = roles, Room = room }, CancellationToken.None)).Grant?.May(roles, room) is true;
}
