namespace LiveFace.Redaction.Policy;

/// <summary>
/// Where a room's policy hangs: whoever may control the room puts a new one up, and the redactor reads whichever is
/// up as each frame begins.
/// </summary>
public sealed class PolicyBoard
{
    private readonly Lock _writers = new();
    private volatile PolicySnapshot _current;

    /// <summary>Starts with this policy.</summary>
    public PolicyBoard(RedactionPolicy initial, long version = 1) => _current = PolicySnapshot.Create(version, initial);

    /// <summary>The policy in force.</summary>
    public PolicySnapshot Current => _current;

    /// <summary>
    /// Puts a policy in force from the next frame on. With <paramref name="expectedVersion"/> the change is made only
    /// if nobody else changed the policy meanwhile; false says that somebody did.
    /// </summary>
    /// <exception cref="ArgumentException">The policy is not valid; the one in force stays.</exception>
    public bool TryReplace(RedactionPolicy policy, out PolicySnapshot current, long? expectedVersion = null)
    {
        lock (_writers)
        {
            current = _current;
            if (expectedVersion is { } expected && expected != current.Version)
                return false;
            _current = current = PolicySnapshot.Create(current.Version + 1, policy);
            return true;
        }
    }
}
