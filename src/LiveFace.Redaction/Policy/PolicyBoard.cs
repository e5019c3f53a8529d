namespace LiveFace.Redaction.Policy;

/// <summary>
/// Where a room's policy hangs. Whoever may control the room puts a new one up, and the redactor reads whichever is up as
/// each frame begins. Two floors lie under whatever is put up: the server's, for the room's life, and the publisher's own,
/// for the time of publishing; a moderator can lay more over it. Who publishes and what is hidden are one value, so that no frame of one publisher meets the
/// policy of another.
/// </summary>
public sealed class PolicyBoard
{
    private readonly Lock _writers = new();
    private readonly RedactionPolicy _usual;
    private readonly RedactionPolicy? _serverFloor;
    private RedactionPolicy? _publisherFloor;
    private bool _isPublished;
    private RedactionPolicy _chosen;
    private RedactionPolicy? _more;
    private volatile PolicySnapshot _current;

    /// <summary>Starts with this policy, to which the room also returns.</summary>
    public PolicyBoard(RedactionPolicy usual)
        : this(usual, floor: null, usual, version: 1)
    {
    }

    /// <summary>Starts with a policy, and returns to the usual one when a publisher leaves. Nothing goes below the floor.</summary>
    /// <param name="usual">What the room returns to.</param>
    /// <param name="floor">Below which it never goes.</param>
    /// <param name="initial">What it begins with.</param>
    /// <param name="version">Of the initial policy.</param>
    /// <param name="more">What a moderator said before.</param>
    /// <exception cref="ArgumentException">One of the policies is not valid.</exception>
    public PolicyBoard(RedactionPolicy usual, RedactionPolicy? floor, RedactionPolicy initial, long version, RedactionPolicy? more = null)
    {
        _usual = PolicyFloor.Raise(usual, floor);
        _serverFloor = floor;
        _more = more;
        _chosen = initial;
        try
        {
            _current = PolicySnapshot.Create(version, PolicyFloor.Raise(PolicyFloor.Raise(initial, more), floor));
        }
        catch (ArgumentException) when (more is not null)
        {
            // Together they are larger than a policy may be; what hides everything is as strict as both.
            _chosen = PolicyPresets.CoverEverything;
            _more = null;
            _current = PolicySnapshot.Create(version, PolicyFloor.Raise(_chosen, floor));
        }
    }

    /// <summary>The policy in force.</summary>
    public PolicySnapshot Current => _current;

    /// <summary>
    /// Puts a policy, raised to the floors, in force from the next frame on. With <paramref name="expectedVersion"/> the
    /// change is made only if nobody else changed the policy meanwhile; false says that somebody did.
    /// <paramref name="keep"/> writes it down before it takes force; if it throws, the old policy and the new one both hold.
    /// </summary>
    /// <exception cref="ArgumentException">The policy is not valid; the one in force stays.</exception>
    public bool TryReplace(
        RedactionPolicy policy, out PolicySnapshot current, long? expectedVersion = null, Action<RedactionPolicy>? keep = null)
    {
        lock (_writers)
            return TryChange(policy, _more, out current, expectedVersion, keep);
    }

    /// <summary>
    /// Hides more than the room's owner chose, whatever they choose; what a moderator said before is replaced. Nothing that
    /// the owner hides is hidden less by it. Otherwise as <see cref="TryReplace"/>.
    /// </summary>
    /// <exception cref="ArgumentException">The policy is not valid; the one in force stays.</exception>
    public bool TryModerate(
        RedactionPolicy more, out PolicySnapshot current, long? expectedVersion = null, Action<RedactionPolicy>? keep = null)
    {
        lock (_writers)
            return TryChange(_chosen, more, out current, expectedVersion, keep);
    }

    /// <summary>
    /// Somebody begins to publish, in the place of whoever did. They begin with what they ask for; who asks for nothing
    /// begins with no less than the usual policy and what an empty room was prepared with.
    /// </summary>
    /// <param name="asked">What they want to be hidden.</param>
    /// <param name="floor">Below which nobody but they themselves goes while they publish.</param>
    /// <exception cref="ArgumentException">One of the policies is not valid; everything stays as it was.</exception>
    public PolicySnapshot Begin(RedactionPolicy? asked = null, RedactionPolicy? floor = null)
    {
        lock (_writers)
        {
            var before = _publisherFloor;
            _publisherFloor = floor;
            try
            {
                var prepared = _isPublished ? _usual : PolicyFloor.Raise(_current.Policy, _usual);
                _current = Next(_current.Publication + 1, asked ?? prepared, _more);
                _chosen = asked ?? prepared;
                _isPublished = true;
                return _current;
            }
            catch (ArgumentException)
            {
                _publisherFloor = before;
                throw;
            }
        }
    }

    /// <summary>A publisher has left: their floor goes, and the room returns to its usual policy. False when another has come since.</summary>
    public bool TryEnd(int publication)
    {
        lock (_writers)
        {
            if (!_isPublished || publication != _current.Publication)
                return false;
            _publisherFloor = null;
            _isPublished = false;
            _current = Next(publication + 1, _usual, _more);
            _chosen = _usual;
            return true;
        }
    }

    /// <summary>
    /// Changes a publisher's floor, which they alone may do; a higher one takes force at once, a lower one changes nothing
    /// that is hidden now. False when somebody else publishes.
    /// </summary>
    /// <exception cref="ArgumentException">The floor is not valid with the policy in force; everything stays as it was.</exception>
    public bool TrySetFloor(int publication, RedactionPolicy? floor, out PolicySnapshot current)
    {
        lock (_writers)
        {
            current = _current;
            if (!_isPublished || publication != current.Publication)
                return false;
            var raised = PolicyFloor.Raise(current.Policy, floor);
            _current = current = PolicySnapshot.Create(current.Version + 1, raised, publication);
            _chosen = PolicyFloor.Raise(_chosen, _publisherFloor);
            _publisherFloor = floor;
            return true;
        }
    }

    /// <summary>
    /// Takes up what somebody else kept for this room: a policy in the place of the one that was chosen, or more to be hidden. It is read under
    /// the lock under which changes are kept, so an older one never replaces a newer. False when there is neither. Floors hold, and a publisher goes on.
    /// </summary>
    public bool TryTakeUp(Func<(RedactionPolicy? Chosen, RedactionPolicy? More)> read, out PolicySnapshot current)
    {
        lock (_writers)
        {
            var (chosen, more) = read();
            current = _current;
            if (chosen is null && more is null)
                return false;
            var (next, nextMore) = (chosen ?? _chosen, more ?? _more);
            var version = Math.Max(_current.Version + 1, chosen?.Version ?? 0);
            try
            {
                _current = Raised(version, _current.Publication, next, nextMore);
                (_chosen, _more) = (next, nextMore);
            }
            catch (ArgumentException)
            {
                // Together they are larger than a policy may be; what hides everything is as strict as both.
                _chosen = PolicyPresets.CoverEverything;
                _current = Raised(version, _current.Publication, _chosen, null);
            }

            current = _current;
            return true;
        }
    }

    private bool TryChange(
        RedactionPolicy chosen, RedactionPolicy? more, out PolicySnapshot current, long? expectedVersion, Action<RedactionPolicy>? keep)
    {
        current = _current;
        if (expectedVersion is { } expected && expected != current.Version)
            return false;
        var next = Next(current.Publication, chosen, more);
        try
        {
            keep?.Invoke(next.Policy);
        }
        catch
        {
            HoldBoth(chosen, more);
            throw;
        }

        (_chosen, _more) = (chosen, more);
        _current = current = next;
        return true;
    }

    /// <summary>A change that is not kept would be gone after a restart, so it may make nothing laxer now.</summary>
    private void HoldBoth(RedactionPolicy chosen, RedactionPolicy? more)
    {
        var both = PolicyFloor.Raise(chosen, _chosen);
        var bothMore = more is null ? _more : PolicyFloor.Raise(more, _more);
        try
        {
            _current = Next(_current.Publication, both, bothMore);
            (_chosen, _more) = (both, bothMore);
        }
        catch (ArgumentException)
        {
            // Together they are larger than a policy may be; what hides everything is as strict as both.
            _chosen = PolicyPresets.CoverEverything;
            _current = Next(_current.Publication, _chosen, null);
        }
    }

    private PolicySnapshot Next(int publication, RedactionPolicy policy, RedactionPolicy? more) => Raised(_current.Version + 1, publication, policy, more);

    private PolicySnapshot Raised(long version, int publication, RedactionPolicy policy, RedactionPolicy? more) => PolicySnapshot.Create(
        version,
        PolicyFloor.Raise(PolicyFloor.Raise(PolicyFloor.Raise(policy, more), _publisherFloor), _serverFloor), publication);
}
