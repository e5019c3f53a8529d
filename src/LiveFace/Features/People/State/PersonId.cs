namespace LiveFace.Features.People.State;

/// <summary>What an enrolled person is called by policies. It is told to whoever may read the policy, so it need not be a name.</summary>
internal static class PersonId
{
    public const int Longest = 64;

    public const string Accepted = "1 to 64 of a-z, 0-9, '-', '_' and '.'";

    public static bool IsValid(string? id) =>
        id is { Length: > 0 and <= Longest } && id.All(letter => letter is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-' or '_' or '.') && id[0] != '.';
}
