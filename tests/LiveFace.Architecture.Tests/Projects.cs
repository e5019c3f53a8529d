using System.Reflection;

namespace LiveFace.Architecture.Tests;

/// <summary>The projects of src/ as they lie above one another: docs/architecture.md draws the same list.</summary>
internal static class Projects
{
    /// <summary>From the top down: each may use those below it, within <see cref="Alone"/>.</summary>
    public static readonly string[] TopDown =
        ["LiveFace", "LiveFace.Cluster", "LiveFace.Rooms", "LiveFace.Films", "LiveFace.Redaction", "LiveFace.Restoration", "LiveFace.Vision", "LiveFace.Decoder", "LiveFace.Media", "LiveFace.WebRtc", "LiveFace.Bot", "LiveFace.Client"];

    /// <summary>Libraries that use nothing of ours.</summary>
    public static readonly string[] Alone = ["LiveFace.Media", "LiveFace.WebRtc", "LiveFace.Client"];

    /// <summary>Projects that know nothing of HTTP and hosting: all but the program and its client.</summary>
    public static IEnumerable<string> WithoutHosting => Present.Where(name => name is not ("LiveFace" or "LiveFace.Client"));

    /// <summary>Those of the list that have code.</summary>
    public static IEnumerable<string> Present =>
        TopDown.Where(name => File.Exists(Checkout.PathOf("src", name, $"{name}.csproj")));

    public static Assembly Load(string project) => Assembly.Load(project == "LiveFace" ? "liveface" : project);

    /// <summary>The projects of ours that a project was compiled against and uses.</summary>
    public static IEnumerable<string> UsedBy(string project) =>
        Load(project).GetReferencedAssemblies()
            .Select(name => name.Name!)
            .Where(name => name.StartsWith("LiveFace", StringComparison.OrdinalIgnoreCase));
}
