namespace LiveFace.Media.Sandbox;

/// <summary>What a process that reads strangers' bytes has of the server's environment, in which keys and passwords are.</summary>
internal static class ChildEnvironment
{
    /// <summary>What .NET needs to find itself and its libraries.</summary>
    private static readonly string[] Runtime = ["DOTNET_ROOT", "DOTNET_ROOT_X64", "DOTNET_ROOT_ARM64", "LD_LIBRARY_PATH"];

    /// <summary>Takes out all but what .NET needs and what is named.</summary>
    public static void Reduce(IDictionary<string, string?> environment, params string[] named)
    {
        var kept = environment.Where(variable => Runtime.Contains(variable.Key) || named.Contains(variable.Key)).ToList();
        environment.Clear();
        foreach (var (name, value) in kept)
            environment[name] = value;
    }
}
