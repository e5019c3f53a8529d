namespace LiveFace.Browser.Tests.Fixtures;

/// <summary>Scripts that tests bring into a page.</summary>
internal static class PageScript
{
    public static Task<string> ReadAsync(string name) =>
        File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Scripts", name));
}
