using System.Text.RegularExpressions;

namespace LiveFace.Vision.Models;

/// <summary>Reads where a model's files come from.</summary>
internal static partial class SourceReader
{
    public static ModelSource Read(CatalogueNode node, ModelConversion conversion)
    {
        var type = node.Text("type");
        ModelSource source = type switch
        {
            "npm" => ReadNpm(node, conversion),
            "file" => ReadFile(node, conversion),
            _ => throw node.Error("type", $"is '{type}'; it has to be npm or file"),
        };
        node.Finish();
        return source;
    }

    private static NpmModelSource ReadNpm(CatalogueNode node, ModelConversion conversion)
    {
        var specifier = node.Text("package");
        var parts = SpecifierPattern.Match(specifier);
        if (!parts.Success)
            throw node.Error("package", $"is '{specifier}'; it has to be a name and an exact version, such as name@1.2.3");
        SourceFile? weights = null;
        if (conversion == ModelConversion.Tfjs)
        {
            var inner = node.Object("weights");
            weights = ReadPackageFile(inner);
            inner.Finish();
        }
        return new NpmModelSource(parts.Groups["name"].Value, parts.Groups["version"].Value, ReadPackageFile(node), weights);
    }

    private static LocalModelSource ReadFile(CatalogueNode node, ModelConversion conversion)
    {
        if (conversion == ModelConversion.Tfjs)
            throw node.Error("type", "has to be npm for a TensorFlow.js model");
        var path = node.Text("path");
        if (!path.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase))
            throw node.Error("path", $"is '{path}'; it has to end in .onnx");
        return new LocalModelSource(path, node.Has("sha256") ? ReadHash(node) : null);
    }

    private static SourceFile ReadPackageFile(CatalogueNode node)
    {
        var path = node.Text("file");
        if (path.StartsWith('/') || path.Contains('\\') || path.Split('/').Any(part => part is "" or "." or ".."))
            throw node.Error("file", $"is '{path}'; it has to be a path inside the package");
        return new SourceFile(path, ReadHash(node));
    }

    private static string ReadHash(CatalogueNode node)
    {
        var hash = node.Text("sha256");
        return HashPattern.IsMatch(hash) ? hash : throw node.Error("sha256", "has to be 64 lower-case hexadecimal digits");
    }

    [GeneratedRegex(@"^(?<name>(@[a-z0-9-][a-z0-9._-]*/)?[a-z0-9-][a-z0-9._-]*)@(?<version>[0-9]+\.[0-9]+\.[0-9]+[0-9A-Za-z.+-]*)$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SpecifierPattern { get; }

    [GeneratedRegex("^[0-9a-f]{64}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex HashPattern { get; }
}
