namespace LiveFace.Access;

/// <summary>
/// Which rooms a key is for: one room by name, those that share a beginning up to a dot (<c>standup.*</c>), or all
/// (<c>*</c>).
/// </summary>
internal readonly record struct RoomPattern
{
    public const string Accepted = "a room's name, a beginning such as 'standup.*', or '*'";

    public static readonly RoomPattern Everything = new("*");

    private RoomPattern(string text) => Text = text;

    public string Text { get; }

    public static bool TryParse(string? text, out RoomPattern pattern)
    {
        pattern = default;
        if (text is null)
            return false;
        var valid = text == "*"
            || RoomName.IsValid(text)
            || (text.EndsWith(".*", StringComparison.Ordinal) && RoomName.IsValid(text.AsSpan(0, text.Length - 1)));
        if (valid)
            pattern = new RoomPattern(text);
        return valid;
    }

    /// <summary>The meeting whose rooms these are: <c>standup</c> for <c>standup.*</c>; else null.</summary>
    public string? Meeting => Text is [.. var meeting, '.', '*'] ? meeting : null;

    /// <summary>All rooms of a meeting; its name has been checked.</summary>
    public static RoomPattern OfMeeting(string meeting) => new($"{meeting}.*");

    public bool Covers(ReadOnlySpan<char> room) =>
        Text switch
        {
            null => false,
            "*" => true,
            [.. var beginning, '.', '*'] =>
                room.Length > beginning.Length + 1 && room[beginning.Length] == '.' && room.StartsWith(beginning),
            _ => room.SequenceEqual(Text),
        };

    /// <summary>Whether each room of the other pattern is a room of this one.</summary>
    public bool Includes(RoomPattern other) =>
        Text == "*" || Text == other.Text
        || (other.Text is [.. var inner, '*'] ? inner.Length > 0 && Covers(inner + "x") : Covers(other.Text));

    public override string ToString() => Text ?? "";
}
