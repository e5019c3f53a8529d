namespace LiveFace.Features.Decoding.Libraries;

/// <summary>
/// Versions as Debian orders them (deb-version(7)), without the epoch: numbers by their value, letters before other signs, and
/// a tilde before everything, the end too. Versions of projects are ordered by the same rules.
/// </summary>
internal static class DebianVersion
{
    /// <summary>Negative when the first is older.</summary>
    public static int Compare(ReadOnlySpan<char> first, ReadOnlySpan<char> second)
    {
        var upstream = CompareParts(Upstream(first), Upstream(second));
        return upstream != 0 ? upstream : CompareParts(Revision(first), Revision(second));
    }

    /// <summary>The project's part, without epoch and distribution's revision.</summary>
    public static ReadOnlySpan<char> Upstream(ReadOnlySpan<char> version)
    {
        version = version[(version.IndexOf(':') + 1)..];
        var revision = version.LastIndexOf('-');
        return revision < 0 ? version : version[..revision];
    }

    private static ReadOnlySpan<char> Revision(ReadOnlySpan<char> version) => version[(version.LastIndexOf('-') is var at && at < 0 ? version.Length : at + 1)..];

    private static int CompareParts(ReadOnlySpan<char> first, ReadOnlySpan<char> second)
    {
        while (first.Length > 0 || second.Length > 0)
        {
            while ((first.Length > 0 && !char.IsAsciiDigit(first[0])) || (second.Length > 0 && !char.IsAsciiDigit(second[0])))
            {
                var difference = Rank(first) - Rank(second);
                if (difference != 0)
                    return difference;
                first = first[1..];
                second = second[1..];
            }

            var number = TakeNumber(ref first).CompareTo(TakeNumber(ref second));
            if (number != 0)
                return number;
        }

        return 0;
    }

    private static int Rank(ReadOnlySpan<char> rest) => rest is [var sign, ..] && !char.IsAsciiDigit(sign)
        ? sign == '~' ? -1 : char.IsAsciiLetter(sign) ? sign : sign + 256
        : 0;

    private static ulong TakeNumber(ref ReadOnlySpan<char> rest)
    {
        var end = rest.IndexOfAnyExceptInRange('0', '9');
        var digits = end < 0 ? rest : rest[..end];
        rest = rest[digits.Length..];
        return ulong.TryParse(digits, out var number) ? number : 0;
    }
}
