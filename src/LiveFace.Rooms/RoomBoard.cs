using LiveFace.Redaction.Policy;

namespace LiveFace.Rooms;

/// <summary>
/// A room's policies as they are changed from outside: names are checked, what is to last is kept before it takes force, and
/// the room is told. The board in it is the one that pictures are redacted by.
/// </summary>
internal sealed class RoomBoard(string room, RoomPolicies policies, PolicyNames names, RoomVoice voice)
{
    /// <summary>
    /// What this room knows to be kept; read before the board is made, and written under the board's lock. What differs from it was kept by
    /// another server.
    /// </summary>
    private volatile KeptPolicy _kept = policies.Kept(room);

    /// <summary>What is in force.</summary>
    public PolicyBoard Board { get; } = policies.Open(room);

    private RedactionPolicy Policy => Board.Current.Policy;

    /// <inheritdoc cref="IRoom.TrySetPolicy"/>
    public bool TrySet(RedactionPolicy policy, long? expectedVersion, out RedactionPolicy current, bool moderates)
    {
        RefuseUnfit(policy);
        PolicySnapshot? snapshot = null;
        void Keep(RedactionPolicy next)
        {
            if (moderates)
            {
                policies.SaveMore(room, policy);
                _kept = _kept with { More = RoomPolicies.Write(policy) };
            }

            policies.Save(room, next);
            _kept = _kept with { Policy = RoomPolicies.Write(next) };
        }

        try
        {
            var replaced = WithinLimits(() => moderates
                ? Board.TryModerate(policy, out snapshot, expectedVersion, Keep)
                : Board.TryReplace(policy, out snapshot, expectedVersion, Keep));
            current = snapshot!.Policy;
            if (!replaced)
                return false;
        }
        catch (NotKeptException)
        {
            // The stricter of the two holds, and is kept when the disk takes it.
            policies.SaveLater(room, Policy, _kept);
            if (moderates)
                policies.SaveMoreLater(room, policy, _kept);
            voice.Policy(Policy);
            voice.State();
            throw;
        }

        if (moderates)
            voice.Notice(NoticeLevel.Warning, "hidden-more", "A moderator changed how this room is hidden; it is hidden no less than its owner chose.");
        voice.Policy(current);
        voice.State();
        return true;
    }

    /// <inheritdoc cref="IKeptRoom.TakeUp"/>
    public void TakeUp()
    {
        if (!Board.TryTakeUp(ReadNews, out var current))
            return;
        voice.Policy(current.Policy);
        voice.State();
    }

    /// <summary>Forgets the policy that the room was given.</summary>
    public void Forget()
    {
        policies.Forget(room);
        _kept = _kept with { Policy = null };
    }

    /// <summary>What another server kept since; null where it kept nothing else, or took it out.</summary>
    private (RedactionPolicy? Chosen, RedactionPolicy? More) ReadNews()
    {
        var (before, now) = (_kept, policies.Kept(room));
        _kept = now;
        return (
            now.Policy is { } policy && policy != before.Policy ? RoomPolicies.Read(policy) : null,
            now.More is { } more && more != before.More ? RoomPolicies.Read(more) : null);
    }

    /// <summary>Changes the floor of whoever publishes as <paramref name="source"/>. False when that is over.</summary>
    public bool TrySetFloor(int source, RedactionPolicy? floor, out RedactionPolicy current)
    {
        RefuseUnfit(floor);
        current = Policy;
        PolicySnapshot? snapshot = null;
        if (!WithinLimits(() => Board.TrySetFloor(source, floor, out snapshot)))
            return false;
        current = snapshot!.Policy;
        voice.Policy(current);
        voice.State();
        policies.Note(room, current);
        return true;
    }

    /// <summary>A publication begins with what its publisher wants, which another server that has the room next knows.</summary>
    /// <param name="wishes">What they want.</param>
    /// <param name="takesOver">Whether somebody publishes now.</param>
    /// <exception cref="PolicyRefusedException">The wishes do not go together with the floors.</exception>
    /// <exception cref="RoomRefusedException">They cannot be noted.</exception>
    public PolicySnapshot Begin(PublisherWishes wishes, bool takesOver)
    {
        if (wishes.Policy is not null || wishes.Floor is not null)
            policies.Note(room, PolicyFloor.Raise(wishes.Policy ?? Policy, wishes.Floor));
        else if (takesOver)
            policies.Note(room, null);
        try
        {
            return WithinLimits(() => Board.Begin(wishes.Policy, wishes.Floor));
        }
        catch (PolicyRefusedException)
        {
            policies.Note(room, Policy);
            throw;
        }
    }

    /// <exception cref="PolicyRefusedException">They name what this server does not have, or what a room has no time for.</exception>
    public void RefuseUnfit(PublisherWishes wishes)
    {
        RefuseUnfit(wishes.Policy);
        RefuseUnfit(wishes.Floor);
    }

    /// <exception cref="PolicyRefusedException">It names what this server does not have, or what a room has no time for.</exception>
    public void RefuseUnfit(RedactionPolicy? policy)
    {
        if (policy is null)
            return;
        if (names.Check(policy) is { Count: > 0 } problems)
            throw new PolicyRefusedException(problems);
        if (LivePolicy.Check(policy) is { Count: > 0 } slow)
            throw new PolicyRefusedException(slow);
    }

    /// <summary>A policy that was valid by itself may be too large together with the floors.</summary>
    private static T WithinLimits<T>(Func<T> change)
    {
        try
        {
            return change();
        }
        catch (ArgumentException error)
        {
            throw new PolicyRefusedException([new("policy", $"does not go together with the floor: {error.Message}")]);
        }
    }
}
